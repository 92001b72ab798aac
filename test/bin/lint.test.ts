import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstbell } from '../support/firstbell.ts';
import { smallPolicy, smallPolicyThat } from '../support/small-policy.ts';

let folder: string;
const kept = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstbell-lint-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Nobody agrees to the visit: an error; and no year end and no siblings: warnings. */
const wrong = () => kept('wrong.yaml', smallPolicy);
/** The same with a review in the visit's place: warnings alone. */
const warned = () => kept('warned.yaml', smallPolicyThat('task: { what: review, says: "Look", by: lead, due: "2 school days" }'));

describe('firstbell lint', () => {
  it('says of the five policies that nothing is wrong with them', async () => {
    const packs = ['gloucestershire', 'demat', 'james-marks', 'celt', 'learning-partners'];
    expect(await firstbell(['lint', ...packs])).toEqual({ code: 0, out: 'Nothing found.\n', err: '' });
  });

  it('says what is wrong by file, line and column, with the reason and the cure, and ends with 1', async () => {
    const file = wrong();
    const { code, out, err } = await firstbell(['lint', file]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain(
      `${file}:29:9 error task-without-permission (stages / visit / do / 0 / task)\n  Nobody approves the home visit.\n  Say who does, with "approved by".\n`,
    );
    expect(out).toMatch(/\n1 error, 2 warnings, 0 notes\.\n$/);
  });

  it('ends with 0 over warnings alone, and with 1 where it is strict', async () => {
    const file = warned();
    const [easy, strict] = [await firstbell(['lint', file]), await firstbell(['lint', file, '--strict'])];
    expect([easy.code, strict.code, strict.out]).toEqual([0, 1, easy.out]);
    expect(easy.out).toMatch(/\n0 errors, 2 warnings, 0 notes\.\n$/);
  });

  it('has the same as JSON and as SARIF, every rule of a finding among those that it names', async () => {
    const file = wrong();
    const [json, sarif] = [
      await firstbell(['lint', file, '--format', 'json']),
      await firstbell(['lint', file, '--format', 'sarif']),
    ];
    const found = JSON.parse(json.out) as {
      rule: string;
      line: number;
      column: number;
      why: string;
      cure: string;
      severity: string;
    }[];
    expect([json.code, sarif.code, found.length]).toEqual([1, 1, 3]);
    const { version, runs } = JSON.parse(sarif.out);
    const [{ tool, results }] = runs;
    expect(version).toBe('2.1.0');
    expect(results).toEqual(
      found.map(({ rule, severity, why, cure, line, column }) => ({
        ...{ ruleId: rule, level: severity, message: { text: `${why}. ${cure}.` } },
        locations: [
          expect.objectContaining({
            physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line, startColumn: column } },
          }),
        ],
      })),
    );
    const named = tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const { rule } of found) expect(named).toContain(rule);
  });

  it('says where a text is no policy, and ends with 1', async () => {
    const { code, out } = await firstbell(['lint', kept('tab.yaml', 'pack: a\n\ttitle: b\n')]);
    expect([code, out]).toEqual([1, expect.stringMatching(/tab\.yaml:2:1 error not-yaml/)]);
  });

  it('lists its rules, and ends with 2 where it is used wrongly', async () => {
    expect((await firstbell(['lint', '--rules'])).out).toContain('stages-in-a-circle (error)\n');
    const [none, format, flag] = [
      await firstbell(['lint']),
      await firstbell(['lint', 'celt', '--format', 'xml']),
      await firstbell(['lint', '--loud']),
    ];
    expect([none.code, format.code, flag.code]).toEqual([2, 2, 2]);
    expect([none.err, format.err]).toEqual([
      expect.stringMatching(/^Name at least one pack\.\nUsage: firstbell lint/),
      expect.stringMatching(/^--format takes one of: text, json, sarif\./),
    ]);
  });

  it('says so of a pack that there is not', async () => {
    const { code, out, err } = await firstbell(['lint', 'nowhere']);
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('nowhere')]);
  });
});

describe('firstbell prove', () => {
  it('says what it proved and what it refuted, the shortest way there, and ends with 1', async () => {
    const { code, out, err } = await firstbell(['prove', wrong()]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^small: \d+ states, \d+ steps: all that can happen\n/);
    expect(out).toMatch(/\nREFUTED {2}.+\n {2}.+:\n {4}1\. /);
    expect(out).toMatch(/\nproved {3}/);
  });

  it('ends with 0 where everything is proved, and has it as JSON', async () => {
    const { code, out } = await firstbell(['prove', warned(), '--json']);
    const [proof, ...others] = JSON.parse(out);
    expect([code, others, proof]).toEqual([0, [], expect.objectContaining({ pack: 'small', whole: true })]);
    expect(proof.verdicts.length).toBeGreaterThanOrEqual(10);
    for (const { refuted } of proof.verdicts) expect(refuted).toBeNull();
  });

  it('says "so far" where its bound was reached', async () => {
    const { code, out } = await firstbell(['prove', warned(), '--most', '3']);
    expect([code, out]).toEqual([0, expect.stringMatching(/: the bound was reached, more can happen\nso far {3}Nothing leaves/)]);
  });

  it('ends with 2 where it is used wrongly', async () => {
    const [none, most] = [await firstbell(['prove']), await firstbell(['prove', 'celt', '--most', 'all'])];
    expect([none.code, most.code]).toEqual([2, 2]);
    expect([none.err, most.err]).toEqual([
      expect.stringMatching(/^Name at least one pack/),
      expect.stringMatching(/^--most takes a whole number/),
    ]);
  });
});
