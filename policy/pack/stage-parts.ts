import { about, aboutRaw, type Part, type Said } from './changes.ts';
import type { Pack } from './pack.ts';
import { type PlainStage, stagesInWords } from './plain-english.ts';
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
    said: ({ plain }) => one(plain.stands, 'ground'),
  },
  {
    raw: ({ stage }) => [stage.do, stage.alongside],
    said: ({ stage, plain }) =>
      aboutRaw(plain.does, [...stage.do.map(kindOf), ...stage.alongside.map(ruleName)], [...stage.do, ...stage.alongside]),
  },
  {
    raw: ({ stage }) => stage.wait,
    said: ({ plain }) => one(plain.waits && `Then we wait: ${plain.waits}`, 'wait'),
  },
  {
    raw: ({ stage }) => stage['review every'],
    said: ({ plain }) => one(plain.again, 'review'),
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

const one = (sentence: string | null, of: string): Said[] => (sentence === null ? [] : about([sentence], [of]));

/** Steps of the same kind are one step that changed: a call that another person makes, a letter that goes later. */
function kindOf(step: Step): string {
  if ('letter' in step) return step.letter.template;
  if ('task' in step) return step.task.what;
  return 'call' in step ? 'call' : 'meeting' in step ? 'meeting' : 'referral';
}
