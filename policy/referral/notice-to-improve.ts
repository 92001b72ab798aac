import { longDay } from '../calendar/day.ts';
import { addSchoolDays, isSchoolDay, nextSchoolDay } from '../calendar/school-calendar.ts';
import type { LetterNews } from '../case/input.ts';
import { hasFailed, standingOf } from '../case/letter-standing.ts';
import { servedOn } from '../law/penalty-notices.ts';
import { lawOn } from '../law/rule-sets.ts';
import { wayOf } from '../letters/may-write.ts';
import { Refusal } from '../refusal.ts';
import { type Fraction, isAtLeast, shown } from '../register/fraction.ts';
import type { ReferralDecision } from './decision.ts';
import { attendanceIn, lastOfSchoolWeeks, missingIn, thresholdFor } from './figures.ts';
import type { ReferralProposal } from './proposal.ts';
import { propose } from './propose.ts';
import type { ReferralState } from './state.ts';
import type { ReferralTelling } from './telling.ts';
import { withdrawAsked } from './withdraw.ts';
import { type EarlyGround, earlyGrounds } from './words.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;

/**
 * Issues the notice: one letter to each parent who may be written to, and the period that it names. A legal warning goes by post
 * wherever that is possible: what was posted to the right address is taken to have arrived, and that can be shown. What was asked about
 * a notice before it is asked no more.
 */
export function issueNotice(t: ReferralTelling, { key }: ReferralProposal, said: Said<'issue notice'>): void {
  const { from, weeks, target, earlyGrounds: grounds } = said;
  const { c } = t;
  const letters = c.parents.flatMap((parent) => {
    const channel = wayOf(parent, ['post']);
    const { contactId, may } = parent;
    return may && channel ? [{ letterId: c.idOf(`letter:${key}:${contactId}`), contactId, channel }] : [];
  });
  checkPeriod(
    t,
    said,
    letters.some(({ channel }) => channel === 'post'),
  );
  if (letters.length === 0) {
    throw new Refusal('NotAllowed', 'Nobody may be written to about this pupil. Look at the contacts, or decline with a reason');
  }
  const until = lastOfSchoolWeeks(c.calendar, from, weeks);
  const judgedOn = nextSchoolDay(c.calendar, until);
  const threshold = thresholdFor(c);
  withdrawAsked(t, 'judge notice to improve', 'Another notice to improve was issued');
  t.add({
    ...{ type: 'notice to improve issued', key, template: 'notice-to-improve', letters, meeting: null },
    ...{ sessions: threshold.met ? threshold.sessions : [], from, until, judgedOn, weeks, target },
    ...{ earlyGrounds: grounds, words: c.words },
  });
}

function checkPeriod({ c }: ReferralTelling, { from, weeks }: Said<'issue notice'>, byPost: boolean): void {
  const law = lawOn(c.on).noticeToImproveWeeks.value;
  const local = c.authority['notice to improve']['school weeks'];
  const least = Math.max(law.least, local['at least']);
  const most = Math.min(law.most, local['at most']);
  if (weeks < least || weeks > most) {
    const span = least === most ? `${least}` : `${least} to ${most}`;
    throw new Refusal('NotAllowed', `A notice to improve runs for ${span} school weeks here`, { concerns: 'weeks' });
  }
  const arrives = byPost ? servedOn(c.on) : c.on;
  if (from <= arrives) {
    const when = byPost ? `${longDay(arrives)}, the day on which a letter posted today arrives` : 'today';
    throw new Refusal('NotAllowed', `Let the period begin after ${when}, so that the notice arrives first`, { concerns: 'from' });
  }
  if (!isSchoolDay(c.calendar, from))
    throw new Refusal('NotAllowed', `${longDay(from)} is no school day. Choose a school day`, { concerns: 'from' });
  if (from > addSchoolDays(c.calendar, c.on, 20))
    throw new Refusal('NotAllowed', 'Begin the period within 20 school days', { concerns: 'from' });
}

/** Notes how a letter ended, with what a person wrote of it. A notice that reached nobody has not begun, and is asked for again. */
export function letterEnded(t: ReferralTelling, { letterId, outcome }: Pick<LetterNews, 'letterId' | 'outcome'>): void {
  const before = t.state.improvement?.letters[letterId];
  if (before === undefined || before === outcome) return;
  t.add({ type: 'letter outcome', letterId, outcome, ...(t.c.words !== null && { words: t.c.words }) });
  const { improvement, status } = t.state;
  if (status === 'closed' || improvement?.status !== 'running' || !Object.values(improvement.letters).every(hasFailed)) return;
  fall(t, outcome === 'recalled' ? 'The notice to improve was recalled' : 'The notice to improve reached nobody');
}

function fall(t: ReferralTelling, why: string): void {
  t.add({ type: 'notice to improve fell', why });
  propose(t, { what: 'issue notice to improve' }, why, issuer(t));
}

type Improvement = NonNullable<ReferralState['improvement']>;

/** True if a copy of the notice has gone out, as far as anybody knows. One that came back since has not. */
export const wentOut = ({ letters }: Improvement): boolean =>
  Object.values(letters).some((one) => standingOf[one] === 'out' || standingOf[one] === 'unknown');

/** True if a letter of the authority bears a notice to improve that stands. One that fell, or whose referral has ended, is not to be posted any more. */
export const standsIn = ({ status, improvement }: ReferralState, letterId: string): boolean =>
  status === 'open' && improvement !== null && letterId in improvement.letters;

/** Who issues notices to improve: the authority itself or its schools, as its code of conduct says. */
export const issuer = ({ c }: ReferralTelling): 'ewo' | 'headteacher' =>
  c.authority['notice to improve']['issued by'] === 'school' ? 'headteacher' : 'ewo';

/** A notice of which no copy went out in time falls when its period begins. Measures the period when it is over, and puts the figures before a person. Missing marks are waited for, one school week. */
export function noticeMeasured(t: ReferralTelling): void {
  const { improvement } = t.state;
  if (improvement?.status !== 'running' || t.c.on < improvement.from) return;
  if (!wentOut(improvement)) return fall(t, 'No copy of the notice to improve is known to have gone out before its period began');
  if (t.c.on < improvement.judgedOn) return;
  const { from, until, target } = improvement;
  const missing = missingIn(t.c, { from, to: until });
  if (missing.length > 0 && t.c.on < addSchoolDays(t.c.calendar, improvement.judgedOn, 5)) return;
  const window = attendanceIn(t.c, { from, to: until });
  const improved = missing.length > 0 || window.possible === 0 ? null : isAtLeast(window, target);
  t.add({ type: 'notice to improve measured', window, improved });
  const wanted = `${target / 100}% was wanted`;
  const found = `The notice to improve has run its time${howItWent(window, missing.length)}: ${wanted}`;
  propose(t, { what: 'judge notice to improve', window, target, improved }, found);
}

function howItWent(window: Fraction, missing: number): string {
  if (missing > 0) return `, and ${missing === 1 ? '1 mark of it is' : `${missing} marks of it are`} missing`;
  return window.possible === 0 ? ', and had no session that the child could have attended' : ` with ${shown(window)} attended`;
}

/** The officer's finding. One that differs from the figures needs its reason. */
export function judgeNotice(t: ReferralTelling, { key, action }: ReferralProposal, { improved }: Said<'judged'>): void {
  if (action.what !== 'judge notice to improve') return;
  if (improved !== action.improved && t.c.words === null) {
    throw new Refusal('NotAllowed', 'The figures do not say so by themselves: give the reason for this finding', {
      concerns: 'text',
    });
  }
  t.add({ type: 'notice to improve judged', key, improved, early: null, words: t.c.words });
}

/** Ends the period before its time, on a ground that the notice itself gave. */
export function endEarly(t: ReferralTelling, ground: EarlyGround): void {
  const { improvement } = t.state;
  if (improvement?.status !== 'running') throw new Refusal('NotAllowed', 'No notice to improve is running');
  if (t.c.on < improvement.from) throw new Refusal('NotAllowed', 'The period of the notice has not begun');
  if (!wentOut(improvement)) {
    throw new Refusal('NotAllowed', 'No copy of the notice is known to have gone out: it cannot end before it has begun');
  }
  if (!improvement.earlyGrounds.includes(ground)) {
    throw new Refusal(
      'NotAllowed',
      `The notice did not say that it may end early because: ${earlyGrounds[ground].toLowerCase()}`,
    );
  }
  t.add({ type: 'notice to improve judged', key: null, improved: false, early: ground, words: t.c.words });
}
