import { z } from 'zod';
import type { CaseFound } from '../../prisma/cases.ts';
import { familyOf } from '../../prisma/family.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Ctx } from '../web/route.ts';
import { PupilName, pupilName } from '../web/shapes.ts';

/** The brothers and sisters of a case's pupil who have an open case, those whom its reader may see. */
export const Siblings = z.array(
  z
    .object({
      pupil: PupilName,
      caseId: z.uuid(),
      stage: z.string(),
      headline: z.string(),
      through: z.array(z.string()).describe('Who brings both up, by name: for staff, never for a letter'),
    })
    .meta({ id: 'Sibling' }),
);

/** The same of one case. */
export async function siblingsOf(
  { deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>,
  { pupil, school }: Pick<CaseFound, 'pupil' | 'school'>,
): Promise<z.infer<typeof Siblings>> {
  const { siblings } = await familyOf(deps.db, user, pupil.id, todayAt(school, at));
  return siblings.flatMap(({ pupil: sibling, through, case: open }) =>
    open ? [{ pupil: pupilName(sibling), caseId: open.id, stage: open.stage, headline: open.headline, through }] : [],
  );
}

/** The same as pages print it. */
export async function siblingLinks(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, found: Pick<CaseFound, 'pupil' | 'school'>) {
  const siblings = await siblingsOf(ctx, found);
  const ids = siblings.map(({ pupil }) => pupil.id);
  const called = await toldApart(ctx.deps.db, ids);
  return siblings.map(({ pupil, caseId, stage, headline, through }) => ({
    href: `/cases/${caseId}`,
    name: `${called(pupil)}, class ${pupil.className}`,
    where: headline.toLowerCase().startsWith(stage) ? headline : `${headline} (${stage})`,
    through: `With ${through.join(' and ')}`,
  }));
}
