import { addDays, type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { ruleSetOn } from '../../policy/law/rule-sets.ts';
import type { Notice } from '../../policy/referral/state.ts';
import { codeOn } from '../../policy/register/codes.ts';
import { shown } from '../../policy/register/fraction.ts';
import { penaltyNoticeWindow } from '../../policy/register/measures.ts';
import type { ReferralFound } from '../../prisma/referrals.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import { sessionWords } from '../cases/attendance-now.ts';
import { capital } from '../layout/capital.ts';
import { counted } from '../layout/counted.ts';
import type { Ctx } from '../web/route.ts';

/** The name of a contact of the pupil, by id. */
export const whoIn =
  ({ pupil }: Pick<ReferralFound, 'pupil'>) =>
  (contactId: string): string =>
    pupil.contacts.find((link) => link.contactId === contactId)?.contact.fullName ?? 'a former contact';

/** "26 of 30 sessions (86.6%)" */
export const attendance = ({ attended, possible }: { attended: number; possible: number }): string =>
  `${attended} of ${possible} sessions (${shown({ attended, possible })})`;

/** What was tried at the authority, a row each. */
export function toolsOf(found: ReferralFound): string[][] {
  const { contract, improvement, attempts } = found.state;
  const who = whoIn(found);
  return [
    ...attempts.map(({ on, why }) => [
      `Meeting on ${shortDay(on)}`,
      why === 'refused' ? 'A contract was refused' : 'Nobody came',
    ]),
    ...(contract
      ? [
          [
            'Attendance contract',
            `${capital(contract.status)}. With ${contract.parties.map(who).join(' and ')}, until ${longDay(contract.until)}; reviews on ${contract.reviews.map(shortDay).join(', ')}`,
          ],
        ]
      : []),
    ...(improvement
      ? [
          [
            'Notice to improve',
            `${capital(improvement.status)}. ${longDay(improvement.from)} to ${longDay(improvement.until)}, ${improvement.target / 100}% wanted${improvement.window ? `, ${shown(improvement.window)} attended` : ''}`,
          ],
        ]
      : []),
  ];
}

/** A penalty notice in one row: to whom, how it stands, what is to be paid by when. */
export function noticeRow(found: ReferralFound, noticeId: string, { contactId, status, statusOn, issued }: Notice) {
  const dates =
    issued &&
    `${issued.discountUntil && issued.discountPence !== null ? `${pounds(issued.discountPence)} by ${shortDay(issued.discountUntil)}, ` : ''}${pounds(issued.fullPence)} by ${shortDay(issued.fullUntil)}`;
  return {
    to: whoIn(found)(contactId),
    status: `${capital(status)}, ${shortDay(statusOn)}`,
    dates: dates ?? '',
    href: issued ? `/referrals/${found.id}/notices/${noticeId}` : null,
  };
}

/** The national threshold as the register stands today: a question to consider, never an answer. */
export async function thresholdOf({ deps }: Pick<Ctx, 'deps'>, { pupil, schoolId }: ReferralFound, today: Day) {
  const marks = await marksOf(deps.db, pupil.id, { from: addDays(schoolYearStart(today), -120), to: today });
  const { met, sessions } = penaltyNoticeWindow(marks, await calendarOf(deps.db, schoolId), today);
  const codes = new Map(marks.map(({ on, session, code }) => [`${on} ${session}`, code]));
  const needed = ruleSetOn(today).threshold.value?.sessions ?? 0;
  return {
    says: `${counted(sessions.length, 'session')}. A penalty notice is to be considered at ${needed}: the national threshold is ${met ? '' : 'not '}met.`,
    sessions: sessions.map(
      (id) => `${sessionWords(id)}: ${codeOn(codes.get(id) ?? '', id.slice(0, 10)).words} (${codes.get(id)})`,
    ),
  };
}
