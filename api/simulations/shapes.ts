import { z } from 'zod';
import { roles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { AssumptionsSaid } from '../../policy/simulate/assumptions-file.ts';
import { kinds } from '../../policy/simulate/outcome.ts';
import { daysOfSchoolYear } from '../../policy/simulate/school-year.ts';

const Assumptions = AssumptionsSaid.meta({
  id: 'SimulationAssumptions',
  description: 'What is assumed of people, in the words of docs/examples/assumptions.yaml. What is left out is as usual',
});

/** The same as it is answered: all of it. */
const Assumed = z.object(AssumptionsSaid.shape).meta({ id: 'SimulationAssumed', description: 'All that was assumed of people' });

const schoolYear = z.string().refine((year) => daysOfSchoolYear(year) !== null, 'Choose a school year, such as 2026/27');

/** What somebody asks to be simulated. */
export const SimulationOrder = z
  .strictObject({
    policy: z.string().min(1, 'Choose a policy').max(60),
    against: z.string().min(1).max(60).optional().describe('A second policy, to be compared with the first'),
    year: schoolYear.describe('Such as 2026/27'),
    asKnown: z.boolean().default(false).describe('With the marks as they were believed on each day, not as they are now'),
    assumptions: Assumptions.optional(),
  })
  .refine(({ policy, against }) => policy !== against, { path: ['against'], message: 'Choose another policy than the first' })
  .meta({ id: 'SimulationOrder', description: 'A school year to be tried under one policy, or two' });
export type SimulationOrder = z.infer<typeof SimulationOrder>;

const statuses = ['waiting', 'running', 'done', 'failed'] as const;
export type Status = (typeof statuses)[number];

/** The status of a row, which only we write. @throws Refusal if it is none of ours */
export function statusOf(text: string): Status {
  const found = statuses.find((one) => one === text);
  if (!found) throw new Refusal('Unavailable', `A simulation has the status "${text}", which this version does not know`);
  return found;
}

/** A simulation in a list. */
export const SimulationRow = z
  .object({
    id: z.uuid(),
    policies: z.array(z.object({ id: z.string(), version: z.string(), title: z.string() })).describe('One, or two'),
    year: z.string(),
    asKnown: z.boolean(),
    status: z.enum(statuses).describe('Waiting: for another simulation to end. Failed: why says what to do'),
    done: z.int().describe('Pupils whose year has been told'),
    of: z.int().describe('All of them; 0 while it waits'),
    why: z.string().nullable(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SimulationRow', description: 'A school year tried under one policy or two' });

const Done = z.record(z.enum(kinds), z.int());

const Outcome = z
  .object({
    ...{ policy: z.string(), title: z.string(), pupils: z.int(), cases: z.int(), pupilsWithCase: z.int(), closed: z.int() },
    done: Done.describe('How often each thing was done'),
    byWeek: z.record(z.string(), Done).describe('The same by week, each named by its Monday'),
    decisions: z.partialRecord(z.enum(roles), z.record(z.string(), z.int())).describe('Decisions, by role and week'),
    minutes: z
      .partialRecord(z.enum(roles), z.record(z.string(), z.int()))
      .describe('Minutes of deciding and doing, by role and week'),
    overfull: z
      .array(z.object({ role: z.enum(roles), week: z.iso.date(), hours: z.number(), has: z.number() }))
      .describe('Weeks in which a role had too few hours'),
    groups: z
      .array(
        z.object({
          group: z.string(),
          ...{ pupils: z.string(), withCase: z.string(), letters: z.string(), referrals: z.string() },
        }),
      )
      .describe('Numbers under 5 are said as “fewer than 5”, and a group of fewer than 5 is left out'),
    daysToHelp: z.object({ cases: z.int(), helped: z.int(), median: z.int().nullable() }),
  })
  .meta({ id: 'SimulationOutcome', description: 'What a policy did in the year' });

const Report = z
  .object({
    ...{ school: z.string(), year: z.string() },
    until: z.iso.date().describe('The last day of which the register knew'),
    assumptions: Assumed,
    tooSmall: z
      .boolean()
      .describe(
        'The school had fewer than 5 pupils: somebody could be known by any number, so outcomes and differences are empty',
      ),
    outcomes: z.array(Outcome),
    differences: z
      .array(z.object({ pupil: z.uuid(), on: z.iso.date(), a: z.string().nullable(), b: z.string().nullable() }))
      .describe('The first day on which two policies do something else for a pupil, and what each does'),
  })
  .meta({ id: 'SimulationReport' });

export const Simulation = z
  .object({
    ...SimulationRow.shape,
    assumptions: Assumed,
    report: Report.nullable().describe('Null until it is done'),
  })
  .meta({ id: 'Simulation', description: 'A simulation with what it came to' });

const day = z.iso.date('Enter a real date');
const about = z.string().min(1).max(60).describe('What it is about, as the story names it');

/** One thing that is otherwise, all else being the same. */
export const WhatIf = z
  .discriminatedUnion(
    'what',
    [
      z.strictObject({
        ...{ what: z.literal('mark'), on: day, session: z.enum(['AM', 'PM'], 'Choose morning or afternoon') },
        code: z.string().min(1, 'Choose a code').max(2),
      }),
      z.strictObject({
        ...{ what: z.literal('decision'), about, madeOn: day },
        say: z
          .enum(['yes', 'no', 'nothing', 'not reached', 'refused', 'not attended'], 'Choose what is said')
          .describe('Not reached: of a call. Refused, not attended: of a meeting'),
      }),
      z.strictObject({ what: z.literal('day'), about, madeOn: day, decidedOn: day }),
      z.strictObject({ what: z.literal('policy'), policy: z.string().min(1, 'Choose a policy').max(60) }),
    ],
    'Choose what is otherwise',
  )
  .meta({
    id: 'WhatIf',
    description:
      'A mark, a decision, its day or the policy that is otherwise. A decision is named by what it is about and the day it was proposed',
  });
export type WhatIf = z.infer<typeof WhatIf>;

/** Which policy of a simulation, counted from 0. */
export const policyAt = z.coerce.number().int().min(0).max(1).default(0);

const StoryLine = z
  .object({
    on: z.iso.date(),
    says: z.string(),
    detail: z.string().nullable(),
    by: z.enum(roles).nullable().describe('Who did it, by role; null if the rules did'),
    clause: z.string().nullable().describe('Of the policy, for what is proposed'),
    about: z.string().nullable().describe('For what is proposed: names it, with the day, in a WhatIf'),
  })
  .meta({ id: 'SimulatedEvent' });

export const PupilStory = z
  .object({ pupilId: z.uuid(), policy: z.string(), lines: z.array(StoryLine) })
  .meta({ id: 'SimulatedStory', description: 'One pupil’s simulated year: what was proposed, who decided when, what followed' });

export const Otherwise = z
  .object({
    ...{ asItWas: z.array(StoryLine), otherwise: z.array(StoryLine) },
    parts: z.iso.date().nullable().describe('The first day on which something else is proposed; null if all of it is the same'),
  })
  .meta({ id: 'SimulatedOtherwise', description: 'One pupil’s year as it was in the simulation, and with one thing otherwise' });
