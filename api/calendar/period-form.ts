import { z } from 'zod';
import { calendarColumns } from '../../policy/calendar/calendar-form.ts';
import { kindTitles, type Period, periodKinds } from '../../policy/calendar/period.ts';
import { yearCode, yearGroup } from '../../policy/people/year-group.ts';
import { choice, date, type Field, type FieldGroup, line, radios, select, text } from '../layout/fields.ts';
import { formOf } from '../web/form-of.ts';
import { day, NewPeriod, reason } from './shapes.ts';

/** "9; 10" or "9, 10" as a list. */
const listed = z
  .string()
  .max(400, 'Shorten this list')
  .default('')
  .transform((all) => all.split(/[;,]/).flatMap((one) => one.trim() || []));

const years = listed.transform((codes, ctx) =>
  codes.map((code) => {
    const read = yearGroup.safeParse(code.toUpperCase().replace(/^Y(EAR)?\s*/, ''));
    if (read.success) return read.data;
    ctx.addIssue({ code: 'custom', message: 'Write year groups as N, R or 1 to 14, with commas between them' });
    return z.NEVER;
  }),
);

/** An empty last day is the first: most closures are of one day. */
const Entered = z.object({
  ...{ kind: NewPeriod.shape.kind, label: NewPeriod.shape.label, from: NewPeriod.shape.from },
  to: z.union([z.literal(''), NewPeriod.shape.to], 'Enter the last day as a real date, or leave it empty'),
  ...{ part: z.string().trim().max(80, 'Shorten it to 80 characters').default(''), yearGroups: years, classes: listed, reason },
});

function period({ kind, label, from, to, part, yearGroups, classes }: z.infer<typeof Entered>): Period {
  const partly = part !== '' || yearGroups.length + classes.length > 0;
  const entered: Period = { kind, from, to: to || from, label };
  return partly ? { ...entered, covers: { part: part || null, yearGroups, classes } } : entered;
}

/** The form for a new period. */
export const AddForm = z
  .object({ decisionKey: z.uuid(), ...Entered.shape })
  .transform((form) => ({ reason: form.reason, period: period(form) }));

/** What each choice of the form of a period needs. */
const needed = {
  change: Entered.transform((form) => ({ do: 'change' as const, reason: form.reason, period: period(form) })),
  end: z.object({ last: day('Enter the new last day'), reason }).transform((form) => ({ do: 'end' as const, ...form })),
  remove: z.object({ reason }).transform((form) => ({ do: 'remove' as const, ...form })),
};

/** The form of one that is there: changed, ended early, or taken out. */
export const PeriodForm = z
  .looseObject({ decisionKey: z.uuid(), do: z.enum(['change', 'end', 'remove'], 'Choose what to do') })
  .transform((form, ctx) => formOf<z.ZodType<z.infer<(typeof needed)[keyof typeof needed]>>>(needed[form.do], form, ctx));

const kinds = periodKinds.map((value) => ({ value, text: kindTitles[value] }));

const partly: FieldGroup = {
  kind: 'group',
  label: 'If a closure is not of the whole school',
  fields: [
    line('part', 'What is closed', 'For example: Science block. Leave it empty if only pupils stay away.'),
    line('yearGroups', 'Year groups that stay away', 'For example: 9, 10'),
    line('classes', 'Classes that stay away', 'For example: 8A, 8B'),
  ],
};

const periodFields: (Field | FieldGroup)[] = [
  select('kind', 'What is it?', [{ value: '', text: 'Choose' }, ...kinds]),
  line('label', 'Name', 'For example: Autumn term, or No heating'),
  date('from', 'First day'),
  date('to', 'Last day', 'Leave it empty for one day.'),
  partly,
];
const why = text('reason', 'Reason', 'It is kept with your name.');

export const addFields = [...periodFields, why];

/** The form for a file. */
export const fileForm = {
  label: 'iCalendar file (.ics) or CSV file',
  hint: 'School websites and office calendars give out .ics files: what each event means is guessed from its words, and shown first.',
  accept: '.ics,.csv,text/calendar,text/csv',
  columns: calendarColumns.all.join(', '),
  sample: [
    'kind,from,to,label',
    'term,2026-09-02,2026-12-18,Autumn term',
    'half-term,2026-10-26,2026-10-30,October half-term',
    'inset,2026-11-27,2026-11-27,Staff training',
    'closure,2026-12-01,2026-12-01,No heating',
  ].join('\n'),
  fields: [
    radios('mode', 'What is the file?', [
      { value: 'add', text: 'Dates to put in: nothing else is taken out' },
      { value: 'replace', text: 'The whole calendar of its school years: what it does not name is taken out' },
    ]),
    why,
  ],
};

/** What may be done with a period that is there. */
export const periodChoices = ({ from, to }: Period) => [
  choice('change', 'Change it', ...periodFields),
  ...(from < to ? [choice('end', 'End it early', date('last', 'New last day'))] : []),
  choice('remove', 'Take it out of the calendar'),
];
export const reasonField = why;

/** A period as its form shows it. */
export const typedOf = ({ kind, label, from, to, covers }: Period): Record<string, string> => ({
  ...{ kind, label, from, to, part: covers?.part ?? '' },
  yearGroups: (covers?.yearGroups ?? []).map(yearCode).join(', '),
  classes: (covers?.classes ?? []).join(', '),
});
