import { z } from 'zod';
import { Attendance, Person, PupilName } from '../web/shapes.ts';

const day = z.iso.date();
const session = z.enum(['AM', 'PM']);
const count = z.int();

export const Code = z.object({
  code: z.string().nullable().describe('The national attendance code; null where no mark is made'),
  class: z
    .enum(['present', 'aea', 'authorised', 'unauthorised', 'not-possible', 'administrative'])
    .nullable()
    .describe('How it counts; aea is approved educational activity'),
  words: z.string(),
});

export const Marked = z.object({ on: day, session, ...Code.shape }).meta({ id: 'Mark' });

export const ClassRegister = z
  .object({
    className: z.string(),
    monday: day,
    days: z.array(day).describe('The school days of that week'),
    rows: z.array(z.object({ pupil: PupilName, marks: z.array(Marked) })),
  })
  .meta({ id: 'ClassRegister' });

export const PupilRow = z
  .object({
    ...PupilName.shape,
    admissionNo: z.string().describe('The school’s own number'),
    yearGroup: z.int(),
    onRollFrom: day,
    onRollTo: day.nullable(),
    attendance: Attendance.nullable().describe('This school year; null before the first mark'),
  })
  .meta({ id: 'PupilRow' });

export const Pupil = z
  .object({
    ...PupilName.shape,
    ...{ legalName: z.string(), admissionNo: z.string(), yearGroup: z.int(), onRollFrom: day, onRollTo: day.nullable() },
    flags: z.array(z.string()).describe('As in the pupils file'),
    figures: z
      .object({
        ...{ attendance: Attendance, daysMissed: z.number() },
        ...{ authorised: count, unauthorised: count, lateL: count, lateU: count, missing: count },
      })
      .describe('Of this school year, in sessions'),
    cases: z.array(z.object({ id: z.uuid(), status: z.enum(['open', 'closed']), headline: z.string(), openedOn: day })),
    contacts: z.array(
      z.object({
        ...{ id: z.uuid(), name: z.string(), relationship: z.string() },
        restriction: z.string().nullable().describe('A no-contact flag or court order'),
        reach: z.enum(['email', 'post', 'none']).describe('How this person is written to'),
      }),
    ),
    corrections: z
      .array(
        z.object({
          ...{ on: day, session, was: z.string(), is: z.string(), at: z.iso.datetime(), reason: z.string().nullable() },
          by: Person.nullable().describe('Who corrected it; null if a clock of a training school did'),
        }),
      )
      .describe('Of this school year, the newest first'),
  })
  .meta({ id: 'Pupil' });
