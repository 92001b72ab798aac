import { type Day, shortDay } from '../../policy/calendar/day.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { waitingFor } from '../../prisma/proposals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { askedFor, pageOf } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import { asked } from './words.ts';

/** A page of what waits for this person: what, for whom, why, and by when. */
export async function inboxRows({ deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>, after: string | null) {
  const { rows, next } = pageOf(await waitingFor(deps.db, user, { after, take: askedFor }));
  const shown = rows.map((row) => {
    const { matterId, matterKind, key, version, sentence, role, pupil } = row;
    const proposal = row.body as unknown as Proposal;
    const dueOn = dayOrNull(row.dueOn);
    const matterHref = `/${matterKind === 'case' ? 'cases' : 'referrals'}/${matterId}`;
    const standIn = role !== user.role;
    return {
      matterHref,
      href: matterKind === 'case' ? `/proposals/${matterId}/${key}` : `${matterHref}/proposals/${key}`,
      ...{ matterId, key, version, sentence, dueOn },
      pupil: pupil.chosenName,
      where: user.schoolId === null ? `${pupil.className}, ${pupil.school.name}` : `Class ${pupil.className}`,
      asked: asked(proposal),
      due: dueOn === null ? 'No date' : shortDay(dueOn),
      dueTags: dueTags(dueOn, todayAt(pupil.school, at)),
      tags: [
        ...(standIn ? [{ text: `You stand in for the ${titleOf(proposal.role)}`, colour: 'orange' }] : []),
        ...(proposal.reminded && !standIn ? [{ text: 'Reminder', colour: 'yellow' }] : []),
      ],
    };
  });
  return { rows: shown, next };
}

const dueTags = (dueOn: Day | null, today: Day) =>
  dueOn === null || dueOn > today
    ? []
    : [dueOn < today ? { text: 'Overdue', colour: 'red' } : { text: 'Due today', colour: 'blue' }];
