import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import type { CaseInput } from '../../../policy/case/input.ts';
import { aSchool } from '../../support/school.ts';

const textId = '00000000-0000-4000-8000-000000000003';

describe('what a case is told', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: { '2026-09-10': 'O' } }, workerless: true });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  });
  afterAll(() => school.end());

  const note: CaseInput = { key: 'change:a note', kind: 'note', by: { id: 'lead', role: 'sal' }, textId };
  async function told(now: number, validUntil?: number) {
    const { id: matterId } = await school.caseOf('una');
    const said = { kind: 'case', matterId, input: note, ...(validUntil === undefined ? {} : { validUntil }) } as const;
    return school.db.$transaction((tx) => advance(tx, loads, now, said));
  }
  const notes = () => school.db.ledgerEvent.count({ where: { type: 'noted' } });

  it('after its time is refused and leaves no trace; said again in time it is taken, once', async () => {
    expect((await told(2_000, 1_999)).refused).toMatchObject({ code: 'Unavailable' });
    expect(await notes()).toBe(0);
    const taken = await told(2_000, 2_000);
    expect([taken.refused, await notes()]).toEqual([null, 1]);
  });

  it('is answered as the first time when it is said again, even after its time', async () => {
    expect(await told(9_000, 1_000)).toMatchObject({ refused: null });
    expect(await notes()).toBe(1);
  });
});
