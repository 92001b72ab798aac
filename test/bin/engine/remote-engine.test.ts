import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { engineClient, engineConnection } from '../../../bin/engine/engine.ts';
import { apiOf } from '../../support/api-of.ts';
import { aSchool } from '../../support/school.ts';
import { aNamespace } from '../../support/servers.ts';
import { aTlsFront } from '../../support/tls-front.ts';
import { until } from '../../support/until.ts';

describe('an engine that is far away, over TLS, with a certificate and a key of ours', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-tls-'));
  const apiKey = 'a key of the tests';
  let front: Awaited<ReturnType<typeof aTlsFront>>;
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;

  beforeAll(async () => {
    const { address, namespace } = aNamespace();
    front = await aTlsFront({ address, folder, apiKey });
    const engine = {
      TEMPORAL_ADDRESS: front.address,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_API_KEY: apiKey,
      TEMPORAL_TLS_CA: front.files.ca,
      TEMPORAL_TLS_CERT: front.files.cert,
      TEMPORAL_TLS_KEY: front.files.key,
    };
    school = await aSchool({ today: '2026-09-21', pupils: { ada: { '2026-09-10': 'O' } }, engine });
    api = await apiOf(school);
  });
  afterAll(async () => {
    await api?.stop();
    await school?.end();
    front?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs a case: the pages and the worker are ready, and an approved letter goes', async () => {
    const ready = await fetch(`${api.url}/health/ready`);
    expect(await ready.json()).toMatchObject({ parts: { engine: 'ok', worker: 'ok' } });
    const approve = await api.approval('ada');
    expect((await approve()).status).toBe(200);
    await school.release('ada');
    await until(async () => (await school.lettersOf('ada')).every(({ status }) => status === 'sent'));
    expect(front.refused).toEqual([]);
  });

  it.each([
    ['another key', { TEMPORAL_API_KEY: 'an old key' }],
    ['no certificate of ours', { TEMPORAL_TLS_CERT: undefined, TEMPORAL_TLS_KEY: undefined }],
    ['roots that do not know the engine', { TEMPORAL_TLS_CA: undefined }],
  ])('takes nothing with %s', async (_, wrong) => {
    const config = { ...school.config, ...wrong };
    await expect(engineConnection(config)).rejects.toThrow();
    const { connection } = await engineClient(config);
    await expect(
      connection.withDeadline(Date.now() + 3_000, () => connection.workflowService.getSystemInfo({})),
    ).rejects.toThrow();
    await connection.close();
  });

  it('a certificate without its key is refused before anything is asked', async () => {
    await expect(engineClient({ ...school.config, TEMPORAL_TLS_KEY: undefined })).rejects.toThrow(/set both, or neither/);
  });
});
