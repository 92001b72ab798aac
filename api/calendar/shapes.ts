import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { type Period, periodKinds } from '../../policy/calendar/period.ts';
import { keepers } from '../register/reach.ts';
import { Person, PupilName } from '../web/shapes.ts';

/** Who changes the calendar: who keeps the register, and the head, who closes a school. */
export const calendarKeepers = [...keepers, 'headteacher'] as const;

const words = (most: number, empty = 'Fill it in') =>
  z.string().trim().min(1, empty).max(most, `Write at most ${most} characters`);
export const reason = words(300, 'Enter the reason');
/** A day that a school's calendar may speak of: a slip in the year is none, and would stay on record. */
export const day = (message = 'Enter a real date') =>
  z
    .string()
    .refine(isDay, { error: message, abort: true })
    .refine((on) => on.startsWith('20'), 'Look at the year: it has to begin with 20')
    .meta({ format: 'date' });

const covers = {
  part: words(80).nullable().describe('What of the premises is closed'),
  yearGroups: z.array(z.int().min(-1).max(14)).max(16).describe('0 is reception, -1 nursery'),
  classes: z.array(words(20)).max(100),
};
const about = 'Whom a closure of a part of the school keeps away: who is in one of these';
const NewCovers = z.strictObject(covers).meta({ id: 'NewClosureCovers', description: about });
const Covers = z.object(covers).meta({ id: 'ClosureCovers', description: about });

const spoken = {
  kind: z.enum(periodKinds, 'Choose what it is'),
  ...{ from: day('Enter the first day'), to: day('Enter the last day'), label: words(80, 'Enter its name') },
  covers: NewCovers.nullable().default(null).describe('Only of a closure; null if it closes the whole school'),
};

/** A period as it is put in. */
export const NewPeriod = z
  .strictObject(spoken)
  .meta({ id: 'NewCalendarPeriod', description: 'A stretch of days, both ends included' });

export const periodOf = ({ covers, ...period }: z.infer<typeof NewPeriod>): Period => (covers ? { ...period, covers } : period);

const SaidPeriod = z
  .object({ kind: z.enum(periodKinds), from: z.iso.date(), to: z.iso.date(), label: z.string(), covers: Covers.nullable() })
  .meta({ id: 'CalendarPeriod' });

export const saidPeriod = ({ kind, from, to, label, covers }: Period): z.infer<typeof SaidPeriod> => ({
  ...{ kind, from, to, label },
  covers: covers ? { part: covers.part, yearGroups: [...covers.yearGroups], classes: [...covers.classes] } : null,
});

export const Calendar = z.object({
  version: z.string().describe('Changes when the calendar does'),
  periods: z.array(z.object({ id: z.uuid(), ...SaidPeriod.shape })),
  bankHolidays: z.array(z.iso.date()).describe('England and Wales, from the first term to the last'),
  schoolDays: z.int(),
});

export const Change = z
  .object({
    id: z.uuid(),
    version: z.string().describe('Of the calendar that it was looked at against: give it when you make the change'),
    fileName: z.string().nullable(),
    reason: z.string(),
    made: z
      .object({ at: z.iso.datetime(), by: Person.nullable().describe('Null on the command line'), told: z.int() })
      .nullable()
      .describe('Null while nobody has made it: then nothing is changed yet'),
    rows: z
      .array(z.object({ at: z.string(), says: z.string(), why: z.string().nullable().describe('Why nothing is taken of it') }))
      .describe('How each row or event of the file was understood'),
    added: z.array(SaidPeriod),
    removed: z.array(SaidPeriod),
    schoolDays: z.object({ gained: z.array(z.iso.date()), lost: z.array(z.iso.date()) }).describe('Of the whole school'),
    moves: z
      .array(z.object({ caseId: z.uuid(), pupil: PupilName, says: z.array(z.string()) }))
      .describe('Open cases whose dates would move, and how; once it is made, their ledgers say it'),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'CalendarChange', description: 'What a change to the calendar would do, or did' });

export const FileProblem = z
  .object({ at: z.string(), column: z.string(), value: z.string(), cure: z.string() })
  .meta({ id: 'CalendarProblem', description: 'What to mend before the calendar can be taken' });
