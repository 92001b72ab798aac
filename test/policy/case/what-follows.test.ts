import { describe, expect, it } from '@jest/globals';
import { whatFollows } from '../../../policy/case/what-follows.ts';
import type { TemplateId } from '../../../policy/letters/templates.ts';
import { wordingOf } from '../../../policy/letters/wording/wording.ts';
import { lettersFields } from '../../support/letter-fields.ts';
import { shippedPacks } from '../../support/packs.ts';

const follows = (name: string, stage: string, template: TemplateId) => {
  const pack = shippedPacks.find(([one]) => one === name)?.[1];
  const step = pack?.stages[stage]?.do.findIndex((one) => 'letter' in one && one.letter.template === template) ?? -1;
  if (!pack || step < 0) throw new Error(`${name} sends no ${template} in ${stage}`);
  return whatFollows(pack, { stage, step }, template);
};

describe('what a policy does once a letter has gone', () => {
  it.each([
    ['gloucestershire', 'letter 1', 'letter-1', { call: false, thanks: true, writes: true, meets: 'later', refers: true }],
    ['gloucestershire', 'formal monitoring', 'letter-2', { call: true, thanks: true, meets: 'later' }],
    ['celt', 'level C', 'letter-1', { call: false, thanks: false, writes: true, meets: 'later' }],
    ['celt', 'level D', 'letter-2', { call: false, thanks: false, meets: 'now' }],
    ['celt', 'level E', 'letter-3', { call: false, refers: true }],
    ['james-marks', 'contact', 'letter-1', { call: false, thanks: false, writes: true, meets: 'later' }],
    ['learning-partners', 'outreach', 'letter-1', { thanks: false, writes: true, meets: 'later' }],
  ] as const)('%s, %s, %s', (name, stage, template, is) => {
    expect(follows(name, stage, template)).toMatchObject(is);
  });
});

/** "What happens next" of a letter as a school that follows this policy sends it. */
function promises(name: string, stage: string, template: TemplateId, more: object = {}): string {
  const fields = { ...lettersFields(template), follows: follows(name, stage, template), ...more };
  const { blocks } = wordingOf(template, fields);
  const at = blocks.findIndex((one) => one.kind === 'heading' && one.text === 'What happens next');
  const next = blocks[at + 1];
  return next?.kind === 'list' ? next.items.join(' ') : next?.kind === 'paragraph' ? next.text : '';
}

describe('a letter promises what its own policy does next', () => {
  it('Gloucestershire', () => {
    expect(promises('gloucestershire', 'letter 1', 'letter-1')).toBe(
      'We will look at attendance each week. If it gets better, we will tell you. If it does not, we will write again and ask to meet you.',
    );
    expect(promises('gloucestershire', 'formal monitoring', 'letter-2')).toBe(
      'We will call you in the next days to talk about what would help. If attendance gets better as we ask, we will tell you. If it does not, we will ask you to a meeting to agree a plan together.',
    );
  });

  it('CELT, which thanks nobody, asks to a meeting at once in level D and to the panel in level E', () => {
    expect(promises('celt', 'level C', 'letter-1')).toBe(
      'We will look at attendance each week. If it does not get better, we will write again and ask to meet you.',
    );
    expect(promises('celt', 'level D', 'letter-2', { targetPercent: null })).toBe(
      'We will ask you to a meeting to agree a plan together.',
    );
    expect(promises('celt', 'level E', 'letter-3')).toBe(
      'Please call us to find a time to talk about the plan. If nothing changes although help was offered, the local authority decides what is done next.',
    );
  });
});
