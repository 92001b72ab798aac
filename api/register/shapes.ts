import { z } from 'zod';
import { Attendance, Person, PupilName } from '../web/shapes.ts';

const day = z.iso.date();
const session = z.enum(['AM', 'PM']);
const count = z.int();

const Code = z.object({
  code: z.string().nullable().describe('The national attendance code; null where no mark is made'),
  class: z
    .enum(['present', 'aea', 'authorised', 'unauthorised', 'not-possible', 'administrative'])
    .nullable()
    .describe('How it counts; aea is approved educational activity'),
  words: z.string(),
});

const minutesLate = z.int().nullable();

export const Marked = z
  .object({ on: day, session, ...Code.shape, minutesLate: minutesLate.describe('Of a late mark, where they are known') })
  .meta({ id: 'Mark' });

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
    born: day,
    compulsorySchoolAge: z
      .object({ from: day, until: day, now: z.boolean() })
      .describe('The first and last day, computed from the date of birth (Education Act 1996 s8), and whether it is now'),
    dual: z
      .object({ as: z.enum(['main', 'subsidiary']), otherSchool: z.string().nullable() })
      .nullable()
      .describe('What this school is to a pupil who is registered at another as well'),
    homeAuthority: z
      .string()
      .nullable()
      .describe('The local authority in whose area the pupil lives, where it is another than the school’s'),
    partTime: z.object({ from: day, until: day, review: day.nullable() }).nullable().describe('The agreed part-time timetable'),
    partTimeAlert: z.string().nullable().describe('C2 of this school year that no agreement covers, or an overdue review'),
    integration: z.object({ from: day, until: day }).nullable().describe('A time of settling in'),
    figures: z
      .object({
        ...{ attendance: Attendance, daysMissed: z.number() },
        ...{ authorised: count, unauthorised: count, lateL: count, lateU: count, missing: count },
        minutesLate: z
          .object({ minutes: count, known: count, lates: count })
          .describe('Of the late marks whose minutes are known'),
      })
      .describe('Of this school year, in sessions'),
    cases: z.array(z.object({ id: z.uuid(), status: z.enum(['open', 'closed']), headline: z.string(), openedOn: day })),
    contacts: z.array(
      z.object({
        ...{ id: z.uuid(), name: z.string(), relationship: z.string() },
        restriction: z.string().nullable().describe('A no-contact flag or court order; a class teacher’s token gets none'),
        reach: z.enum(['email', 'post', 'none']).describe('How this person is written to'),
        because: z.string().nullable().describe('Why this person is not written to'),
        otherChildren: z
          .array(
            PupilName.extend({ openCase: z.uuid().nullable().describe('The case of that child, if one is open') }).meta({
              id: 'OtherChild',
            }),
          )
          .describe('Of the same person, as far as the token’s user sees them'),
      }),
    ),
    corrections: z
      .array(
        z.object({
          ...{ on: day, session, was: z.string(), is: z.string(), at: z.iso.datetime(), reason: z.string().nullable() },
          ...{ wasMinutesLate: minutesLate, isMinutesLate: minutesLate },
          by: Person.nullable().describe('Who corrected it, by the name and role of then; null if no user did'),
          via: z
            .string()
            .nullable()
            .describe(
              'How it came, if no user brought it: the command or folder and whose account ran it, or the policy that makes an absence O by itself',
            ),
        }),
      )
      .describe('Of this school year, the newest first'),
  })
  .meta({ id: 'Pupil' });
