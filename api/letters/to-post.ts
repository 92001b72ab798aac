import { approvedThere } from '../../prisma/letter-lists.ts';
import { noticesFallen } from '../../prisma/referrals.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Ctx } from '../web/route.ts';
import { letterRow } from './letter-row.ts';

/**
 * The authority's own letters that an officer has yet to print and post, in a line each: nobody else is told, and a notice to
 * improve falls if no copy of it goes out in time. One that fell is left out.
 */
export async function toPostLines({ deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>) {
  if (user.authorityId === null) return [];
  const letters = await approvedThere(deps.db, user.authorityId, 'to-print');
  const fallen = await noticesFallen(deps.db, letters);
  const called = await toldApart(
    deps.db,
    letters.map(({ pupilId }) => pupilId),
    { classShown: false },
  );
  const schools = await deps.db.school.findMany({ where: { authorityId: user.authorityId }, select: { id: true, name: true } });
  const named = new Map(schools.map(({ id, name }) => [id, name]));
  return letters
    .filter(({ id }) => !fallen.has(id))
    .map((letter) => {
      const { id, pupil, title, to } = letterRow(at)(letter);
      const name = called({ id: letter.pupilId, name: pupil });
      return { text: `${name}, ${named.get(letter.schoolId)}: ${title} to ${to}`, href: `/letters/${id}` };
    });
}
