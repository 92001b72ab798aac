import type { z } from 'zod';
import type { Pack } from '../../policy/pack/pack.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type PupilYear, pupilStory } from '../../policy/simulate/one-pupil.ts';
import { daysOfSchoolYear } from '../../policy/simulate/school-year.ts';
import { type WhatIf as Change, tryOtherwise } from '../../policy/simulate/what-if.ts';
import { newestPack, packOf } from '../../prisma/packs.ts';
import { pupilFor } from '../../prisma/pupils.ts';
import { lastKnownDay, simulatedSchool } from '../../prisma/simulated-pupils.ts';
import type { Ctx } from '../web/route.ts';
import { simulationAt } from './facts.ts';
import type { Otherwise, PupilStory, WhatIf } from './shapes.ts';
import { storyLines } from './story-lines.ts';

type Reading = Pick<Ctx, 'deps' | 'user'>;
export type OnePupil = { id: string; pupilId: string };

/**
 * One pupil's year as a simulation of the school has it: with the register as it is now, under the policies as they were worded.
 * @throws Refusal('NotFound') if the user's school has no such simulation or pupil
 */
export async function pupilYearAt(ctx: Reading, { id, pupilId }: OnePupil) {
  const { asked, report, schoolId } = await simulationAt(ctx, id);
  const { db } = ctx.deps;
  const pupil = await pupilFor(db, ctx.user, pupilId);
  if (!pupil) throw new Refusal('NotFound', 'Your school has no such pupil');
  const days = daysOfSchoolYear(asked.year);
  if (!days) throw new Refusal('BadInput', `A simulation of "${asked.year}" is of no school year`);
  const { pupils, calendarOf, authority } = await simulatedSchool(db, schoolId, {
    ...days,
    asKnown: asked.asKnown,
    only: { id: pupilId },
  });
  const [simulated] = pupils;
  if (!simulated) throw new Refusal('NotFound', 'Your school has no such pupil');
  const until = report?.until ?? (await lastKnownDay(db, schoolId, days));
  const packs = await Promise.all(asked.policies.map((policy) => packOf(db, policy.id, policy.version)));
  const { from } = days;
  const { assumptions } = asked;
  const year: PupilYear = { pupil: simulated, calendar: calendarOf(pupilId), assumptions, authority, from, until };
  return { pupil, packs, year, asked };
}

/** That one of a simulation's policies. @throws Refusal('NotFound') if it has only one */
export function packAt(packs: readonly Pack[], n: number): Pack {
  const pack = packs[n];
  if (!pack) throw new Refusal('NotFound', 'This simulation has no such policy');
  return pack;
}

/** What a pupil's year would have been under one of the policies. */
export async function storyFacts(ctx: Reading, of: OnePupil, n: number): Promise<z.input<typeof PupilStory>> {
  const { year, packs } = await pupilYearAt(ctx, of);
  const pack = packAt(packs, n);
  return { pupilId: of.pupilId, policy: pack.pack, lines: storyLines(pupilStory(year, pack)) };
}

/** The same with one thing otherwise. @throws Refusal as `tryOtherwise` does, and for a policy that is not kept here */
export async function otherwiseFacts(ctx: Reading, of: OnePupil, n: number, asked: WhatIf): Promise<z.input<typeof Otherwise>> {
  const { year, packs } = await pupilYearAt(ctx, of);
  const { asItWas, otherwise, parts } = tryOtherwise(year, packAt(packs, n), await changeOf(ctx, asked));
  return { asItWas: storyLines(asItWas), otherwise: storyLines(otherwise), parts: parts?.on ?? null };
}

const changeOf = async ({ deps }: Reading, asked: WhatIf): Promise<Change> =>
  asked.what === 'policy' ? { what: 'policy', pack: (await newestPack(deps.db, asked.policy)).pack } : asked;
