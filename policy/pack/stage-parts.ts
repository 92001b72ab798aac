import { durationSaid } from '../calendar/count-on.ts';
import { about, aboutRaw, type Part, type Said } from './changes.ts';
import type { Pack } from './pack.ts';
import { conditionSaid, type PlainStage, stagesInWords } from './plain-english.ts';
import { ruleName, type Stage } from './stage.ts';
import type { Step } from './step.ts';

type InPack = { stage: Stage; plain: PlainStage; pack: Pack };

/** A stage of this name in its parts, none of which has a sentence in a pack without such a stage. */
export const stageParts = (name: string): Part<Pack>[] =>
  parts.map(({ raw, said }) => ({
    raw: (pack) => inPack(pack, name).map(raw),
    said: (pack) => inPack(pack, name).flatMap(said),
  }));

function inPack(pack: Pack, name: string): InPack[] {
  const stage = pack.stages[name];
  return stage ? stagesInWords({ ...pack, stages: { [name]: stage } }, 'staff').map((plain) => ({ stage, plain, pack })) : [];
}

const parts: Part<InPack>[] = [
  {
    raw: ({ stage }) => [stage.says, stage.source],
    said: ({ plain }) => about([`${plain.says}.`, `Where the document says so: ${plain.source}`], ['says', 'source']),
  },
  {
    raw: ({ stage }) => stage['only while'],
    said: ({ stage, pack }) => ground(stage, pack),
  },
  {
    raw: ({ stage }) => [stage.do, stage.alongside],
    said: ({ stage, plain }) =>
      aboutRaw(plain.does, [...stage.do.map(kindOf), ...stage.alongside.map(ruleName)], [...stage.do, ...stage.alongside]),
  },
  {
    raw: ({ stage }) => stage.wait,
    said: ({ plain }) => (plain.waits === null ? [] : about([`Then we wait: ${plain.waits}`], ['wait'])),
  },
  {
    raw: ({ stage }) => stage['review every'],
    said: ({ stage }) => review(stage['review every']),
  },
  {
    raw: ({ stage }) => stage.next,
    said: ({ stage, plain }) =>
      about(
        plain.next,
        stage.next.map(({ go }) => go),
      ),
  },
];

function ground({ 'only while': when }: Stage, pack: Pack): Said[] {
  return when ? about([`Its steps stand as long as ${conditionSaid(when, { reader: 'staff', pack })}`], ['ground']) : [];
}

const review = (days: number | undefined): Said[] =>
  days === undefined ? [] : about([`Looked at again every ${durationSaid({ n: days, unit: 'school day' })}`], ['review']);

/** Steps of the same kind are one step that changed: a call that another person makes, a letter that goes later. */
function kindOf(step: Step): string {
  if ('letter' in step) return step.letter.template;
  if ('task' in step) return step.task.what;
  return 'call' in step ? 'call' : 'meeting' in step ? 'meeting' : 'referral';
}
