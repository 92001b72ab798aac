import { type EarlierNotice, type NoticeAnswer, penaltyNoticeAllowed } from '../../policy/law/penalty-notices.ts';
import { pounds } from '../../policy/law/pounds.ts';
import type { Amounts } from '../../policy/law/rule-set.ts';
import { compulsorySchoolAge } from '../../policy/law/school-age.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import { supportFirst } from '../../policy/referral/words.ts';
import { penaltyNoticeWindow } from '../../policy/register/measures/penalty-notice-window.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { noticesFor } from '../../prisma/penalty-notices.ts';
import type { ReferralFound } from '../../prisma/referrals.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import type { Ctx } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { noticeMarks } from './notice-marks.ts';

type Asking = Pick<Ctx, 'deps' | 'at'>;

/** What the law says today of a penalty notice to this parent, were the headteacher to authorise it. Nobody is asked by it. */
async function lawToday({ deps, at }: Asking, { pupil, school, same }: ReferralFound, contactId: string): Promise<NoticeAnswer> {
  const today = todayAt(school, at);
  const rows = [contactId, ...(same.get(contactId) ?? []).map(({ id }) => id)];
  const earlier = (await noticesFor(deps.db, pupil.id)).filter(({ contactId }) => contactId !== null && rows.includes(contactId));
  const used = new Set(earlier.filter(({ status }) => status !== 'withdrawn').flatMap(({ sessions }) => sessions));
  const marks = await noticeMarks(deps.db, pupil, today);
  const free = marks.filter(({ on, session }) => !used.has(`${on} ${session}`));
  return penaltyNoticeAllowed({
    proposedOn: today,
    previous: earlier.map(({ issuedOn, status }) => ({ issuedOn, status: status as EarlierNotice['status'] })),
    sessions: penaltyNoticeWindow(free, await calendarOf(deps.db, school.id), today, dayOf(pupil.born)).sessions,
    compulsorySchoolAge: compulsorySchoolAge(dayOf(pupil.born), today),
    lookedAfter: pupil.flags.includes('looked-after'),
    authorisedByHead: true,
  });
}

/** The same in words: which of the two it would be and what it costs, or what stands against it. */
export async function lawWords(ctx: Asking, found: ReferralFound, contactId: string): Promise<string> {
  const answer = await lawToday(ctx, found, contactId);
  if (!answer.allowed) return `Not possible today. ${answer.because}`;
  return `${answer.order === 1 ? 'The first' : 'The second, and the last,'} in three years: ${cost(answer.amounts)}`;
}

const cost = ({ discountPence, discountDays, fullPence, fullDays }: Amounts): string =>
  `${pounds(fullPence)} within ${fullDays} days${discountPence === null ? '' : `, or ${pounds(discountPence)} within ${discountDays} days`}`;

/** Who asked for a notice, how support came first, and the reasons: what whoever authorises it has to weigh. */
export async function askedRows({ deps }: Asking, { id }: ReferralFound, noticeId: string): Promise<string[][]> {
  const events = await eventsOf(deps.db, id);
  const said = events.map(({ event }) => event as unknown as ReferralEvent);
  const requested = said.findIndex((event) => event.type === 'penalty notice requested' && event.noticeId === noticeId);
  const decided = said.slice(0, requested).findLast((event) => event.type === 'tool decided');
  if (!decided) return [];
  const byUser = events[requested]?.byUser ?? null;
  const who = byUser === null ? undefined : (await namesOf(deps.db, [byUser])).get(byUser);
  return [
    ...(who ? [['Asked for by', personWords(who)]] : []),
    ...(decided.support === null ? [] : [['Support first', supportFirst[decided.support]]]),
    ...(decided.words === null ? [] : [['Reasons', decided.words]]),
  ];
}
