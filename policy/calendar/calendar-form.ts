import { z } from 'zod';
import { yearCode, yearGroup } from '../people/year-group.ts';
import { date, filled, list, orNull } from '../register/csv-cells.ts';
import { type Period, periodKinds } from './period.ts';

const years = list(80).transform((codes, ctx) =>
  codes.map((code) => {
    const read = yearGroup.safeParse(code);
    if (read.success) return read.data;
    ctx.addIssue({ code: 'custom', message: 'Write year groups as N, R or 1 to 14, with semicolons between them' });
    return z.NEVER;
  }),
);

/** One row of the calendar file: one period. docs/import-forms.md is the same in words. */
export const calendarRow = z
  .object({
    kind: z
      .string()
      .toLowerCase()
      .pipe(z.enum(periodKinds, `Write one of: ${periodKinds.join(', ')}`)),
    from: date,
    to: date,
    label: filled(80),
    part: orNull(80).default(null),
    year_groups: years.default([]),
    classes: list(400).default([]),
  })
  .superRefine(({ kind, from, to, part, year_groups, classes }, ctx) => {
    const wrong = (column: string, message: string) => ctx.addIssue({ code: 'custom', path: [column], message });
    if (to < from) wrong('to', 'It is before "from": mend one of the two');
    const partly = part !== null || year_groups.length + classes.length > 0;
    if (kind !== 'closure' && partly) wrong('part', 'Only a closure can be for a part of the school: empty these cells');
    else if (part !== null && year_groups.length + classes.length === 0)
      wrong('year_groups', 'Say which year groups or classes this closure keeps away, or empty "part"');
  })
  .transform(({ part, year_groups, classes, ...period }): Period => {
    const covers = { part, yearGroups: year_groups, classes };
    return part === null && year_groups.length + classes.length === 0 ? period : { ...period, covers };
  });

/** The columns of the calendar file, in their order, and which of them a file may leave out. */
export const calendarColumns = {
  all: ['kind', 'from', 'to', 'label', 'part', 'year_groups', 'classes'],
  optional: ['part', 'year_groups', 'classes'],
};

/** A period as a row of the file. */
export const rowOf = ({ kind, from, to, label, covers }: Period): Record<string, string> => ({
  ...{ kind, from, to, label, part: covers?.part ?? '' },
  year_groups: (covers?.yearGroups ?? []).map(yearCode).join('; '),
  classes: (covers?.classes ?? []).join('; '),
});
