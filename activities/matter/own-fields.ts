import type { Circumstances } from '../../policy/case/circumstances.ts';
import { awaySince, lastHalfTerm } from '../../policy/case/counted-in-letters.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { lastKnown } from '../../policy/case/judged.ts';
import { lastSentTo } from '../../policy/case/last-sent-to.ts';
import { lettersThisYear } from '../../policy/case/letters-had.ts';
import { howOf } from '../../policy/case/propose.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { whatFollows } from '../../policy/case/what-follows.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';

type Approved = Pick<Extract<CaseEvent, { type: 'letters approved' }>, 'template' | 'meeting' | 'monitors'>;

/**
 * What this letter says that others do not. A part that is not known is left out, and the check names it. `reader` is the contact
 * it is to, with every other contact that is the same person: nobody is told of a letter that somebody else had.
 */
export function ownFields(
  c: Circumstances,
  state: CaseState,
  { template, meeting, monitors }: Approved,
  reader: readonly string[],
): object {
  const { pack } = c;
  const wrote = (earlier: TemplateId) => lastSentTo(lettersThisYear(state, c), earlier, reader)?.on ?? null;
  switch (template) {
    case 'letter-1':
      return { support: firstOffers, follows: whatFollows(pack, state, template) };
    case 'letter-3':
      return { secondLetterOn: wrote('letter-2'), support: firstOffers, follows: whatFollows(pack, state, template) };
    case 'letter-2': {
      const target = state.monitoring ? state.monitoring.target : (state.agreedTarget ?? pack.stages[state.stage]?.wait?.target);
      return {
        firstLetterOn: wrote('letter-1'),
        monitoring: monitors ? { from: monitors.from, until: monitors.until } : null,
        targetPercent: monitors && typeof target === 'number' ? `${target / 100}%` : null,
        follows: whatFollows(pack, state, template),
      };
    }
    case 'unexplained-absence':
      return { awaySince: awaySince(c) };
    case 'days-missed':
      return { halfTerm: lastHalfTerm(c) };
    case 'congratulation':
      return congratulated(state.judged);
    case 'meeting-invitation':
      // It says that the target of that letter was not met: of this case's alone.
      return {
        meeting,
        secondLetterOn: wasMissed(state) ? (lastSentTo(Object.values(state.letters), 'letter-2', reader)?.on ?? null) : null,
      };
    case 'referral-notice':
      return {
        referredOn: state.referral?.on,
        shared: [
          'Your child’s attendance record.',
          'The letters we sent and the meetings we held or offered.',
          ...supportLines(state),
        ],
      };
    case 'notice-to-improve':
    case 'correction':
      return {};
  }
}

const congratulated = (judged: CaseState['judged']): object =>
  judged
    ? { monitored: { from: judged.from, until: judged.until }, window: { ...lastKnown(judged), ...howOf(judged) } }
    : { monitored: null };

/** True if a target was judged last and not met. */
const wasMissed = ({ judged }: CaseState): boolean => judged !== null && judged.target === undefined;

const firstOffers = [
  'A member of staff your child trusts, to talk to at the start of the day.',
  'A talk with you about what would help, at school or by telephone.',
  'Help from others who work with families, if you would like it.',
];

/** What came of an offer, as a parent reads it. */
const given = { accepted: 'accepted', declined: 'declined', delivered: 'given' } as const;

/** The support offered so far, in a sentence that begins as it is said here; nothing if none was. */
export const supportLines = ({ offers }: Pick<CaseState, 'offers'>, begins = 'The support we offered'): string[] =>
  offers.length === 0
    ? []
    : [
        `${begins}: ${offers.map(({ kind, response }) => `${supportKinds[kind].toLowerCase()} (${given[response]})`).join('; ')}.`,
      ];
