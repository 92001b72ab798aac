import { z } from 'zod';
import { Person, PupilName } from '../web/shapes.ts';

const day = z.iso.date();
const count = z.int();
const rules = z.array(z.string()).describe('What it rests on');
const knownOn = day.nullable().describe('The register as it was known at the end of this day; null: as it is known now');
const seen = z.string().describe('Names what is said here: say it when you record the return as made');

/** What a return says of a pupil. */
const Named = z.object({
  pupil: PupilName,
  legalName: z.string(),
  upn: z.string(),
  born: day,
  addresses: z.array(z.string()).describe('Where the pupil lives: the addresses of those the pupil lives with'),
  homeAuthority: z
    .string()
    .nullable()
    .describe('The authority in whose area the pupil lives, where it is another: the return goes to the school’s all the same'),
  lookTwice: z
    .array(z.string())
    .describe('What makes a person look twice before it goes: flags, an address that is not safe, restrictions on a contact'),
});

export const AttendanceReturn = z
  .object({
    ...{ month: z.string(), from: day, to: day, knownOn, rules, seen },
    irregularDays: count.nullable().describe('The authority’s setting, for the second list; null if it asks for no number'),
    tenDays: z
      .array(
        z.object({
          ...Named.shape,
          ...{ from: day, to: day, days: count.describe('School days'), sessions: count, reachedOn: day },
          isNew: z.boolean().describe('It came to ten days in this month'),
          goesOn: z.boolean(),
        }),
      )
      .describe('Continuous absence of ten school days, all G, N, O or U'),
    irregular: z
      .array(z.object({ ...Named.shape, sessions: count, newest: day }))
      .describe(
        'Sessions of these codes in the school year that come to the authority’s number of days, the newest in this month, no ten days in a row',
      ),
  })
  .meta({ id: 'AttendanceReturn' });

export const SicknessReturn = z
  .object({
    ...{ on: day, knownOn, rules, seen },
    rows: z.array(
      z.object({
        ...Named.shape,
        days: count.describe('School days of this school year that contain an I'),
        why: z
          .enum(['seen', 'goes on', 'pace'])
          .describe('15 days are past; they would be if the illness of now went on; or at the pace so far'),
        reachedOn: day.nullable(),
        wouldReachOn: day.nullable(),
        projected: count.nullable().describe('Days by the end of the school year at the pace so far'),
        newest: z.object({ from: day, to: day, days: count, goesOn: z.boolean() }).nullable().describe('The newest illness'),
      }),
    ),
  })
  .meta({ id: 'SicknessReturn' });

const Line = z.object({
  session: z.enum(['AM', 'PM']),
  ...{ onRoll: count, present: count, aea: count.describe('Approved educational activity'), authorised: count },
  ...{ unauthorised: count, 'not-possible': count, administrative: count, missing: count },
});

export const DailySummary = z
  .object({
    ...{ on: day, knownOn, rules },
    schoolDay: z.boolean().describe('Whether the school is open on this day'),
    groups: z.array(z.object({ of: z.enum(['school', 'year', 'class']), name: z.string(), sessions: z.array(Line) })),
  })
  .meta({ id: 'DailySummary' });

export const madeKinds = ['attendance', 'sickness'] as const;
export type MadeKind = (typeof madeKinds)[number];

export const ReturnMade = z
  .object({
    id: z.uuid(),
    kind: z.enum(madeKinds),
    of: z.string().describe('The month or the day that it is of'),
    knownOn,
    named: count.describe('How many pupils it named'),
    note: z.string().nullable(),
    ...{ madeOn: day, madeAt: z.iso.datetime(), madeBy: Person.nullable() },
  })
  .meta({ id: 'ReturnMade', description: 'A return that somebody made' });

export const ReturnAsMade = z
  .object({
    ...ReturnMade.shape,
    attendance: AttendanceReturn.nullable().describe('What it said, exactly, if it is an attendance return'),
    sickness: SicknessReturn.nullable().describe('The same of a sickness return'),
  })
  .meta({ id: 'ReturnAsMade' });
