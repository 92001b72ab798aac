import { defineSearchAttributeKey } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  currentUpdateInfo,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { MatterActivities } from '../activities/matter/activities.ts';
import {
  decide,
  type MatterKind,
  type Outcome,
  type Resumed,
  type Said,
  standing,
  type Told,
  tell,
  type Waiting,
} from './messages.ts';
import { startWhatFollows } from './what-follows.ts';

/** Reads the ledger, asks the rules, appends what follows, in one transaction keyed by the input: safe to retry for ever. */
const { advance } = proxyLocalActivities<MatterActivities>({
  startToCloseTimeout: '30 s',
  retry: { maximumInterval: '30 s' },
});

const stageKey = defineSearchAttributeKey('FirstbellStage', 'KEYWORD');

/**
 * The life of a case or a referral: people, the register and deadlines speak to it; it advances by one input at a time
 * and starts what follows. Ends when the matter is closed; otherwise asks to be continued as a new run.
 */
export async function walk(
  kind: MatterKind,
  { matterId, inbox, waiting, stage, eventsARun }: Resumed,
  again: (next: Resumed) => Promise<never>,
): Promise<void> {
  const answers: Record<string, Outcome> = {};
  let last: Outcome | null = null;
  let listed = stage;
  setHandler(standing, () => last && { ...last, matterId });
  setHandler(tell, (told) => void inbox.push(told.matterId === matterId ? { input: told.input } : { ...told }));
  setHandler(
    decide,
    async ({ input, validUntil }) => {
      const asked = currentUpdateInfo()?.id ?? input.key;
      inbox.push({ input, asked, ...(validUntil === undefined ? {} : { validUntil }) });
      await condition(() => asked in answers);
      return acceptedOrRefused(answers[asked] as Outcome);
    },
    { validator: (told) => forThisMatter(told, matterId) },
  );

  for (;;) {
    const { asked, matterId: earlier, ...said } = await nextSaid(inbox, last ? last.waiting : waiting);
    const outcome = await advance({ kind, matterId: earlier ?? matterId, ...said });
    if (asked !== undefined) answers[asked] = outcome;
    if (earlier === undefined) {
      last = outcome;
      setCurrentDetails(outcome.summary);
      // A run that does not know what it is listed under says so with every input: it always did.
      if (outcome.stage !== listed) upsertSearchAttributes([{ key: stageKey, value: outcome.stage }]);
      if (listed !== undefined) listed = outcome.stage;
      await startWhatFollows(outcome, listed !== undefined);
    }
    if (!last?.closed && !fullEnough(eventsARun)) continue;
    await condition(() => inbox.length > 0 || allHandlersFinished());
    if (inbox.length > 0) continue;
    if (last?.closed) return;
    const next = { matterId, inbox, waiting: last ? last.waiting : waiting, stage: last?.stage ?? listed ?? '' };
    await again({ ...next, ...(eventsARun === undefined ? {} : { eventsARun }) });
  }
}

/** The oldest thing said to the matter, or its deadline if nobody speaks before it. */
async function nextSaid(inbox: Said[], waiting: Waiting | null): Promise<Said> {
  const spoken = () => inbox.length > 0;
  if (!waiting) await condition(spoken);
  else if (!(await condition(spoken, Math.max(1, waiting.until - Date.now()), { summary: waiting.why }))) {
    return { input: { key: waiting.key, kind: 'day' } };
  }
  return inbox.shift() as Said;
}

/** The server says when a history is long enough; tests say it sooner. */
const fullEnough = (eventsARun: number | undefined): boolean =>
  workflowInfo().continueAsNewSuggested || (eventsARun !== undefined && workflowInfo().historyLength > eventsARun);

/** A pupil's next case runs under the same workflow id: a decision meant for the last one is refused; news of it is told to it. */
function forThisMatter(told: Told, matterId: string): void {
  if (told.matterId !== matterId)
    throw ApplicationFailure.nonRetryable('This case is closed. Nothing more can be decided on it', 'Closed');
}

function acceptedOrRefused(outcome: Outcome): Outcome {
  if (!outcome.refused) return outcome;
  const { code, message, concerns } = outcome.refused;
  throw ApplicationFailure.nonRetryable(message, code, concerns);
}
