import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { baseBeside } from '../../../bin/pack-files.ts';
import { layered } from '../../../policy/pack/layers.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { wrongIn } from '../../../policy/simulate/example.ts';

const file = new URL('../../../docs/examples/school-within-a-trust.yaml', import.meta.url).pathname;
const written = readFileSync(file, 'utf8');
const baseOf = baseBeside(file);
const trusts = baseOf('learning-partners');
const read = (text: string) => readPack(text, 'school.yaml', baseOf);

describe('the policy of a school within a trust', () => {
  const pack = read(written);

  it.each(pack.examples.map((example) => [example.name, example] as const))('treats so: %s', (_name, example) => {
    expect(wrongIn(pack, example)).toEqual([]);
  });

  it('has the school’s values wherever the trust names a setting', () => {
    const below = pack.opens[0]?.when.attendance?.below;
    const { closes, stages } = pack;
    expect([below, closes.when.attendance?.['at least'], stages.outreach?.wait?.for]).toEqual([
      9_600,
      9_600,
      { n: 5, unit: 'school day' },
    ]);
  });

  it('has the trust’s people, stages and rules beside its own', () => {
    expect(Object.keys(pack.people)).toEqual(expect.arrayContaining(['senior leader', 'family worker']));
    expect(Object.keys(pack.stages)).toEqual(Object.keys(readPack(trusts?.text ?? '', 'trust.yaml').stages));
    expect(pack.alongside.map(({ says }) => says)).toContain('Absence without leave is always followed up');
  });

  it('opens cases for a concern where its trust leaves that to it, and not where it does not', () => {
    const concern = written.replace('\nrewards:', '\nconcern opens: outreach\n\nrewards:');
    expect(read(concern)['concern opens']).toBe('outreach');
    expect(layered(concern, 'school.yaml', baseOf).layerOf(['concern opens']).fileName).toBe('school.yaml');
    const closed = trusts && { ...trusts, text: trusts.text.replace('concern opens, ', '') };
    expect(() => readPack(concern, 'school.yaml', () => closed)).toThrow(/does not leave "concern opens" to its schools/);
  });

  it('says of each clause which layer it came from', () => {
    const { layerOf } = layered(written, 'school.yaml', baseOf);
    const said = (...path: (string | number)[]) => {
      const { fileName, setting } = layerOf(path);
      const whose = (name: string) => (name.endsWith('learning-partners.yaml') ? 'trust' : 'school');
      return [whose(fileName), setting && `${setting.name} of the ${whose(setting.fileName)}`];
    };
    expect(said('stages', 'outreach', 'source')).toEqual(['school', null]);
    expect(said('stages', 'referral')).toEqual(['trust', null]);
    expect(said('opens', 0, 'when', 'attendance', 'below')).toEqual(['trust', 'early outreach of the school']);
    expect(said('stages', 'outreach', 'next', 0, 'when', 'attendance', 'below')).toEqual([
      'school',
      'support and challenge of the trust',
    ]);
    expect(said('rewards', 0)).toEqual(['school', null]);
    expect(said('alongside', 0)).toEqual(['trust', null]);
  });
});

describe.each([
  ['what the trust keeps', 'rewards: #', 'opens: []\nrewards: #', /school\.yaml:\d+:1 .*does not leave "opens" to its schools/],
  ['figures, which are never left', 'rewards: #', 'figures: { at least: "5 sessions" }\nrewards: #', /does not leave "figures"/],
  ['more than the trust leaves', 'outreach: "96%"', 'outreach: "90%"', /school\.yaml:\d+:3 .*from 95% to 98%, not to 90%/],
  ['a value of another kind', 'outreach: "96%"', 'outreach: "96 days"', /is written as the trust writes it: 95% to 98%/],
  ['a setting that is none', 'early outreach: "96%"', 'late outreach: "96%"', /The trust has no setting "late outreach"/],
  [
    'the name of a setting that is none',
    '{ setting: early outreach }',
    '{ setting: outreach }',
    /There is no setting "outreach"/,
  ],
  ['a policy that is not there', 'extends: learning-partners', 'extends: learning', /There is no policy "learning" here/],
  ['what the law says', 'rewards: #', 'penalty notice: { amount: 60 }\nrewards: #', /"penalty notice" here: the law says it/],
  ['what more is left to it', 'rewards: #', 'schools may write: [opens]\nrewards: #', /does not leave "schools may write"/],
])('a school that writes %s', (_what, right, wrong, says) => {
  it('is refused by file, line and column, with the reason', () => {
    expect(written).toContain(right);
    expect(() => read(written.replace(right, wrong))).toThrow(Refusal);
    expect(() => read(written.replace(right, wrong))).toThrow(says);
  });
});

it('a third layer is refused', () => {
  const of = (id: string) => (id === 'brookside-primary' ? { text: written, fileName: 'brookside.yaml' } : baseOf(id));
  const third = written
    .replace('pack: brookside-primary', 'pack: third')
    .replace('extends: learning-partners', 'extends: brookside-primary');
  expect(() => readPack(third, 'third.yaml', of)).toThrow(/third\.yaml:\d+:\d+ .*extends another policy itself/);
});

it('what is wrong in the trust’s own is said of its file', () => {
  const broken = () => ({ text: (trusts?.text ?? '').replace('go: improved', 'go: better'), fileName: 'trust.yaml' });
  expect(() => readPack(written, 'school.yaml', broken)).toThrow(/trust\.yaml:\d+:\d+ .*There is no stage "better"/);
});
