import type { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { columnOf, columnOrNull, dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { keepReturnMade, type ReturnMadeRow, returnMade, returnsMade } from '../../prisma/returns-made.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import { mapped } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import type { Asking } from './asking.ts';
import { attendanceReturn, sicknessReturn } from './facts.ts';
import type { Made } from './reach.ts';
import { AttendanceReturn, type MadeKind, type ReturnAsMade, type ReturnMade, SicknessReturn } from './shapes.ts';

/** What a return says at this moment, of what it is, and how many pupils it names. */
async function figuresOf(ctx: Asking, made: Made) {
  if (made.kind === 'attendance') {
    const facts = await attendanceReturn(ctx, made);
    const pupils = [...facts.tenDays, ...facts.irregular].map(({ pupil }) => pupil.id);
    return { of: facts.month, facts, named: new Set(pupils).size };
  }
  const facts = await sicknessReturn(ctx, made);
  return { of: facts.on, facts, named: facts.rows.length };
}

/**
 * Records that a return was made, with the figures that the person saw; once.
 * @returns its id
 * @throws Refusal('Stale') if it says something else by now
 */
export async function recordMade(ctx: Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>, made: Made): Promise<string> {
  const { deps, user, at, key: id } = ctx;
  const school = await schoolOf(deps.db, user);
  if (await returnMade(deps.db, school.id, id)) return id;
  const { of, facts, named } = await figuresOf(ctx, made);
  if (facts.seen !== made.seen)
    throw new Refusal('Stale', 'The return says something else by now than what you saw. Look at it again, then record it');
  await keepReturnMade(deps.db, {
    ...{ id, schoolId: school.id, kind: made.kind, of, figures: facts, named, madeBy: user.id },
    ...{ note: made.note || null, knownOn: columnOrNull(made.knownOn ?? null), madeOn: columnOf(todayAt(school, at)) },
  });
  return id;
}

type Names = Awaited<ReturnType<typeof namesOf>>;

const madeFacts = (row: ReturnMadeRow, names: Names): z.infer<typeof ReturnMade> => ({
  ...{ id: row.id, kind: row.kind as MadeKind, of: row.of, knownOn: dayOrNull(row.knownOn), named: row.named, note: row.note },
  ...{ madeOn: dayOf(row.madeOn), madeAt: row.madeAt.toISOString(), madeBy: names.get(row.madeBy) ?? null },
});

/** The returns that the school has made, newest first. */
export async function madeSoFar({ deps, user }: Pick<Ctx, 'deps' | 'user'>, after?: string) {
  const page = await returnsMade(deps.db, (await schoolOf(deps.db, user)).id, after);
  const by = await namesOf(
    deps.db,
    page.rows.map(({ madeBy }) => madeBy),
  );
  return mapped(page, (row) => madeFacts(row, by));
}

/**
 * One of them, with what it said.
 * @throws Refusal('NotFound')
 */
export async function asMade({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<z.infer<typeof ReturnAsMade>> {
  const row = await returnMade(deps.db, (await schoolOf(deps.db, user)).id, id);
  if (!row) throw new Refusal('NotFound', 'Your school has made no such return');
  const said = madeFacts(row, await namesOf(deps.db, [row.madeBy]));
  return {
    ...said,
    attendance: said.kind === 'attendance' ? AttendanceReturn.parse(row.figures) : null,
    sickness: said.kind === 'sickness' ? SicknessReturn.parse(row.figures) : null,
  };
}
