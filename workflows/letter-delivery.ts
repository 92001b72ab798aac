import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { LetterActivities } from '../activities/letters/activities.ts';
import type { LetterAnswer, LetterNews, LetterOutcome } from '../policy/case/input.ts';
import { newsKey } from '../policy/letters/news-key.ts';
import type { Role } from '../policy/people/roles.ts';
import { type LetterRun, recall, release, type Settled, settle } from './letter-messages.ts';
import { tellItself } from './tell-itself.ts';

/** Reading, rendering and noting may be tried for ever: each finds what the try before it did. */
const { answerLetter, prepareLetter, recallLetter, settleLetter } = proxyActivities<LetterActivities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumInterval: '1 minute' },
});

/** A row in the outbox: twice is once, by its key. */
const { leaveWord } = proxyLocalActivities<LetterActivities>({
  startToCloseTimeout: '30 s',
  retry: { maximumInterval: '30 s' },
});

/**
 * A send is claimed before it is tried: a second try of the same attempt finds the claim and never sends blindly. It may
 * take longer than the mail sender's own limit of 12 minutes; without a heartbeat its worker is dead.
 */
const { sendLetter } = proxyActivities<LetterActivities>({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '5 s', maximumInterval: '30 minutes' },
});

type Phase = 'held' | 'questioned' | 'ended' | 'leaving' | 'recalled' | 'to-print' | 'unknown';

/**
 * One letter to one parent: written, held for its recall window, checked again, sent once, and its end told to its matter.
 * If its ground has gone by then, or its figures have moved, a person says whether it goes; as often as that comes about.
 */
export async function letterDelivery({ letterId, releaseAt, matterWorkflowId }: LetterRun): Promise<LetterOutcome> {
  let phase: Phase = 'held';
  let released = false;
  let settled: LetterOutcome | null = null;
  let answered: LetterAnswer | null = null;
  let printed = false;
  let word: Word = {};
  const said = (one: Word): void => {
    if (!word.by) word = one;
  };
  setHandler(release, () => {
    released = true;
  });
  setHandler(
    recall,
    async (asked) => {
      phase = 'recalled';
      said(wordOf(asked));
      const reached = await recallLetter({ letterId, ...asked });
      if (!printed) return;
      settled = reached.outcome;
      only(settled === 'recalled', hasLeft);
    },
    { validator: (_) => only(recallable.includes(phase), hasLeft) },
  );
  setHandler(
    settle,
    async (asked) => {
      if (!('textId' in asked)) {
        said(wordOf(asked));
        settled = (await settleLetter({ letterId, ...asked })).outcome;
        return;
      }
      only(await answerLetter({ letterId, ...asked, back: phase === 'to-print' ? 'to-print' : 'waiting' }), tooLate);
      answered = asked.how;
      if (answered === 'do not send') said(wordOf(asked));
    },
    { validator: ({ how }: Settled) => only(phasesOf[how].includes(phase), tooLate) },
  );

  const { matterId, stopped } = await prepareLetter({ letterId });
  const told = async (outcome: LetterOutcome, by: () => Word = () => ({}), time = 1): Promise<LetterOutcome> => {
    await condition(allHandlersFinished);
    const key = newsKey(letterId, outcome, time);
    const input = { key, kind: 'letter outcome', letterId, outcome, ...by() } as const;
    if (matterWorkflowId === undefined) await leaveWord(input);
    else await tellItself(matterWorkflowId, matterId, input);
    return outcome;
  };

  /** From here on nothing is asked of it: what is accepted now would not be answered. */
  const end = (outcome: LetterOutcome): Promise<LetterOutcome> => {
    phase = 'ended';
    return told(outcome, () => word);
  };

  if (stopped) return end('stopped');
  setCurrentDetails('Waits for its recall window to end');
  await condition(() => released || phase !== 'held' || answered === 'do not send', Math.max(1, releaseAt - Date.now()), {
    summary: 'Recall window',
  });
  if (phase !== 'held') return told('recalled', () => word);
  phase = 'leaving';
  setCurrentDetails('Is being sent');
  let { outcome } = await sendLetter({ letterId });
  for (let time = 1; outcome === 'questioned'; time++) {
    phase = 'questioned';
    setCurrentDetails('The register has changed under it: waits for a person to say whether it goes');
    await told(outcome, undefined, time);
    // A person may have answered while it was asked whether it stands: then this has come about already.
    await condition(() => answered !== null);
    answered = null;
    phase = 'leaving';
    ({ outcome } = await sendLetter({ letterId }));
  }
  if (outcome !== 'to-print' && outcome !== 'unknown') return end(outcome);
  phase = outcome;
  printed = outcome === 'to-print';
  setCurrentDetails(outcome === 'to-print' ? 'Waits in the print queue' : 'Waits for a person to find out what became of it');
  await told(outcome);
  await condition(() => settled !== null || answered === 'do not send');
  return end(settled ?? 'stopped');
}

/** Whose word ended the letter, if a person's did; what they wrote is kept apart, under its id. */
type Word = Pick<LetterNews, 'by' | 'textId'>;

const wordOf = ({ by: id, role, textId }: { by: string; role?: Role; textId?: string }): Word =>
  role === undefined ? {} : { by: { id, role }, ...(textId !== undefined && { textId }) };

/** Even while it is looked at just before it leaves: a worker may die over that, and a person need not wait for the next. */
const notYetGone: readonly Phase[] = ['held', 'questioned', 'leaving', 'to-print'];

/** When a person may say what of a letter. Whether its ground has gone, its row knows. */
const phasesOf: Record<Settled['how'], readonly Phase[]> = {
  posted: ['to-print'],
  sent: ['unknown'],
  refused: ['unknown'],
  send: notYetGone,
  'do not send': notYetGone,
};

/** Out of the print queue as well: what lies there has not left the school. */
const recallable: readonly Phase[] = ['held', 'recalled', 'to-print'];

const hasLeft = 'The letter has left. It cannot be called back';
const tooLate = 'The letter is no longer waiting for that';

/** A message that comes too late is refused before it leaves a trace. */
function only(right: boolean, otherwise: string): void {
  if (!right) throw ApplicationFailure.nonRetryable(otherwise, 'Closed');
}
