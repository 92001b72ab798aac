import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { hasCome, type Moment } from '../../policy/calendar/moment.ts';
import type { SchoolCalendar } from '../../policy/calendar/school-calendar.ts';
import { byItself, kindOf } from '../../policy/case/approved-together.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { type Role, titleOf } from '../../policy/people/roles.ts';
import { type Waiting, waitingFor } from '../../prisma/proposals.ts';
import { timeAt, todayAt } from '../../prisma/school-clock.ts';
import { type Called, toldApart } from '../../prisma/told-apart.ts';
import type { asReader } from '../away/decides-for.ts';
import { calendarsOf, provisional } from '../calendar/provisional.ts';
import { isReader } from '../referrals/reach.ts';
import { mapped } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import { dueSaid } from './due-said.ts';
import { proposalRow } from './facts.ts';

type Reader = Awaited<ReturnType<typeof asReader>>;
type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** A page of what waits for this person: what, for whom, why, and by when; and what of it can be approved together. */
export async function inboxRows(ctx: Asking, reader: Reader, after: string | undefined) {
  const page = await waitingFor(ctx.deps.db, reader, after);
  const called = await toldApart(
    ctx.deps.db,
    page.rows.map(({ pupil }) => pupil.id),
  );
  const calendars = await calendarsOf(
    ctx.deps.db,
    page.rows.map(({ schoolId }) => schoolId),
  );
  const found = mapped(page, (row) => rowOf(ctx, reader, row, { called, calendar: calendars.get(row.schoolId) }));
  return { ...found, alike: alike(found.rows) };
}

/** Letters of one kind on a page, where there are several: with one link all of them are looked at. */
function alike(rows: readonly ReturnType<typeof rowOf>[]) {
  const kinds = new Map<string, { asked: string; ones: string[] }>();
  for (const { together, asked } of rows) {
    if (together === null) continue;
    const ones = kinds.get(together.kind)?.ones ?? [];
    kinds.set(together.kind, { asked, ones: [...ones, together.one] });
  }
  return [...kinds.values()].flatMap(({ asked, ones }) => {
    const query = ones.map((one) => `one=${encodeURIComponent(one)}`).join('&');
    return ones.length > 1 ? [{ text: `${asked}, all ${ones.length} on this page`, href: `/approvals?${query}` }] : [];
  });
}

/** Where something that waits is decided, and its case or referral, if this role reads it. */
export function addressesOf({ matterKind, matterId, key }: Pick<Waiting, 'matterKind' | 'matterId' | 'key'>, role: Role) {
  const matterHref = `/${matterKind === 'case' ? 'cases' : 'referrals'}/${matterId}`;
  const href = matterKind === 'case' ? `/proposals/${matterId}/${key}` : `${matterHref}/proposals/${key}`;
  return { href, matterHref: matterKind === 'case' || isReader(role) ? matterHref : href };
}

type Around = { called: Called; calendar: SchoolCalendar | undefined };

function rowOf({ user, at }: Asking, reader: Reader, waiting: Waiting, { called, calendar }: Around) {
  const { matterKind, matterId, key, pupil, dueOn, ...row } = proposalRow(waiting, reader);
  const { school } = waiting.pupil;
  const proposal = waiting.body as unknown as Proposal;
  const mayBeTogether = matterKind === 'case' && byItself(proposal) === null;
  return {
    ...addressesOf({ matterKind, matterId, key }, user.role),
    ...{ asked: row.asked, sentence: row.sentence, pupil: called(pupil) },
    // The sentence is of that day: "absent on the last school day" is not of the day on which it is read.
    proposed: proposal.madeOn < todayAt(school, at) ? `Proposed on ${shortDay(proposal.madeOn)}` : null,
    where: user.schoolId === null ? `${pupil.className}, ${school.name}` : `Class ${pupil.className}`,
    due: dueOn === null ? 'No date' : `${dueSaid(proposal, shortDay(dueOn))}${calendar ? provisional(calendar, dueOn) : ''}`,
    dueTags: dueTags(dueOn, proposal.dueAt, { on: todayAt(school, at), at: timeAt(school, at) }),
    together: mayBeTogether ? { one: `${matterId} ${key}`, kind: kindOf(proposal) } : null,
    tags: [
      ...(row.inPlaceOf ? [{ text: `For ${row.inPlaceOf.name}`, colour: 'purple' }] : []),
      ...(row.escalated ? [{ text: `You stand in for the ${titleOf(row.role)}`, colour: 'orange' }] : []),
      ...(row.reminded && !row.escalated ? [{ text: 'Reminder', colour: 'yellow' }] : []),
    ],
  };
}

function dueTags(dueOn: Day | null, dueAt: string | undefined, now: Moment) {
  if (dueOn === null || dueOn > now.on) return [];
  const over = dueOn < now.on || (dueAt !== undefined && hasCome({ on: dueOn, at: dueAt }, now));
  return [over ? { text: 'Overdue', colour: 'red' } : { text: 'Due today', colour: 'blue' }];
}
