import { addDays, type Day } from '../../calendar/day.ts';
import { addSchoolDays, nextSchoolDay } from '../../calendar/school-calendar.ts';
import { servedOn } from '../../law/penalty-notices.ts';
import type { ReferralChoice, ReferralDecision } from '../../referral/decision.ts';
import { type ReferralProposal, referralChoices } from '../../referral/proposal.ts';
import type { ReferralState } from '../../referral/state.ts';
import { supportFirst, type Tool, tools } from '../../referral/words.ts';
import { calendar } from '../world.ts';
import { parent, tomorrow } from './facts.ts';

/** Whatever a reason would be: a proof keeps no words. */
export const textId = '00000000-0000-4000-8000-000000000000';

export type Answer = { says: string; decision: ReferralDecision; words?: string | null };

/** What may be said to a proposal, holding it left out: lawful answers, and those that the rules have to refuse. */
export const answersTo = (proposal: ReferralProposal, state: ReferralState, on: Day, within: readonly Tool[]): Answer[] =>
  referralChoices[proposal.action.what].flatMap((choice) => answersOf(choice, proposal, state, on, within));

function answersOf(
  choice: ReferralChoice,
  proposal: ReferralProposal,
  state: ReferralState,
  on: Day,
  within: readonly Tool[],
): Answer[] {
  switch (choice) {
    case 'accept':
      return [{ says: 'accepts the referral', decision: { choice } }];
    case 'return':
      return [{ says: 'returns the referral', decision: { choice, missing: ['letters-sent'], textId } }];
    case 'tool':
      return within.flatMap(toolAnswers);
    case 'agreed': {
      const [review, until] = [addSchoolDays(calendar, on, 10), addSchoolDays(calendar, on, 30)];
      const agreed = { on, parties: [parent], until, reviews: [review], textId };
      return [
        {
          says: 'agrees a contract with the parent',
          decision: { choice, ...agreed, requirements: ['attend-daily'], support: ['mentor'] },
        },
      ];
    }
    case 'not agreed':
      return (['refused', 'not attended'] as const).map((why) => ({
        says: `records that the contract was ${why}`,
        decision: { choice, on, why, textId },
      }));
    case 'reviewed':
      return [true, false].map((met) => ({
        says: `finds the contract ${met ? 'kept' : 'not kept'}`,
        decision: { choice, met },
      }));
    case 'issue notice':
      return [2, 3, 7].map((weeks) => ({
        says: `issues a notice to improve for ${weeks} school weeks`,
        decision: {
          choice,
          from: nextSchoolDay(calendar, servedOn(on)),
          weeks,
          target: 9_500,
          earlyGrounds: ['no-engagement'],
          textId,
        },
      }));
    case 'judged':
      return [true, false].flatMap((improved) =>
        ['why', null].map((words) => ({
          says: `finds that attendance ${improved ? 'improved' : 'did not improve'}${words ? ', and says why' : ''}`,
          decision: { choice, improved },
          words,
        })),
      );
    case 'authorise':
      return [{ says: 'authorises a penalty notice', decision: { choice } }];
    case 'issue':
      return postingDays(proposal, state, on).map((postedOn) => ({
        says: `issues a penalty notice, posted on ${postedOn}`,
        decision: { choice, postedOn },
      }));
    case 'prosecute':
      return [{ says: 'has an unpaid notice prosecuted', decision: { choice, textId } }];
    case 'withdraw':
      return [{ says: 'withdraws an unpaid notice', decision: { choice, ground: 'not-prosecuting', textId } }];
    case 'proceedings':
      return (['convicted', 'acquitted', 'not-pursued'] as const).map((result) => ({
        says: `records the proceedings as ${result}`,
        decision: { choice, result, textId },
      }));
    case 'decline':
      return [{ says: `declines to ${proposal.action.what}`, decision: { choice, textId } }];
    case 'hold':
      return [];
  }
}

function toolAnswers(tool: Tool): Answer[] {
  if (tool !== 'penalty notice') return [{ says: `decides: ${tools[tool]}`, decision: { choice: 'tool', tool, textId } }];
  return ([undefined, 'not appropriate', 'did not work'] as const).map((support) => ({
    says: `asks for a penalty notice: ${support ? supportFirst[support].toLowerCase() : 'nothing is said of support'}`,
    decision: { choice: 'tool', tool, textId, parents: [parent], ...(support && { support }) },
  }));
}

/** Today, the days of the authorisation and of the loss of its ground, and two days on which it cannot have been posted. */
function postingDays({ action }: ReferralProposal, { notices }: ReferralState, on: Day): Day[] {
  const { authorisedOn, groundGone } = ('noticeId' in action && notices[action.noticeId]) || {};
  const known = [...(authorisedOn ? [authorisedOn, addDays(authorisedOn, -1)] : []), ...(groundGone ? [groundGone] : [])];
  return [...new Set([on, tomorrow(on), ...known])];
}

/** The answer that brings a referral nearest to its end: nothing more is done, and what is over is said to be over. */
export function ending({ action }: ReferralProposal): ReferralDecision {
  switch (action.what) {
    case 'accept referral':
      return { choice: 'accept' };
    case 'decide tool':
      return { choice: 'tool', tool: 'no action', textId };
    case 'review contract':
      return { choice: 'reviewed', met: true };
    case 'judge notice to improve':
      return { choice: 'judged', improved: true };
    case 'unpaid notice':
      return { choice: 'withdraw', ground: 'not-prosecuting', textId };
    case 'record proceedings':
      return { choice: 'proceedings', result: 'not-pursued', textId };
    case 'agree contract':
    case 'issue notice to improve':
    case 'authorise penalty notice':
    case 'issue penalty notice':
    case 'posted or not':
      return { choice: 'decline', textId };
  }
}
