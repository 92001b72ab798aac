import { z } from 'zod';
import { PupilName } from '../web/shapes.ts';

const day = z.iso.date();
const count = z.int();
const rules = z.array(z.string()).describe('What it rests on');

/** What a return says of a pupil. */
const Named = z.object({
  pupil: PupilName,
  legalName: z.string(),
  upn: z.string(),
  born: day,
  addresses: z.array(z.string()).describe('Where the pupil lives: the addresses of those the pupil lives with'),
  lookTwice: z.array(z.string()).describe('What makes a person look twice before it goes: flags, restrictions on a contact'),
});

export const AttendanceReturn = z
  .object({
    ...{ month: z.string(), from: day, to: day, rules },
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
      .describe('Twenty sessions of these codes or more in the school year, the newest in this month, no ten days in a row'),
  })
  .meta({ id: 'AttendanceReturn' });

export const SicknessReturn = z
  .object({
    ...{ on: day, rules },
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
    ...{ on: day, rules },
    schoolDay: z.boolean().describe('Whether the school is open on this day'),
    groups: z.array(z.object({ of: z.enum(['school', 'year', 'class']), name: z.string(), sessions: z.array(Line) })),
  })
  .meta({ id: 'DailySummary' });
