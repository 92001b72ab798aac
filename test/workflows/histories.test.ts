import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fromText, replay } from '../support/replay.ts';

const folder = new URL('../histories/', import.meta.url);

describe('histories recorded earlier', () => {
  it('replay on the workflows of today: if this fails, keep the old path behind patched()', async () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThanOrEqual(3);
    const recorded = files.map((name) => ({ workflowId: name, history: fromText(readFileSync(new URL(name, folder), 'utf8')) }));
    expect(await replay(recorded)).toEqual([]);
  });
});
