import { z } from 'zod';
import { calendarProblems } from '../calendar/calendar-problems.ts';
import { type Day, isDay, shortDay } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { minutes } from '../pack/amount.ts';
import { officers, schoolRoles } from '../people/roles.ts';
import { demoPassword } from '../training/demo-password.ts';

// The message of each check is its cure: it is printed after the line and the name of what it is about.

const words = (most: number) => z.string().trim().min(1, 'Fill it in').max(most, `Shorten it to ${most} characters`);
const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use 2 to 40 lower-case letters, digits and hyphens, for example larkfield-school');
const email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Write one e-mail address, for example office@larkfield.example').max(254));
const day = z.string().refine(isDay, 'Write a real date as year-month-day, for example 2026-09-14');

const place = {
  name: words(120),
  address: z.array(words(120)).min(1, 'Give it a line at least').max(6, 'Six lines at most'),
  phone: words(40),
  email,
};

/** It was said here once: now it stands with all else that an authority decides for itself. */
const saidByProfile = z.never(
  'This is said in the authority’s profile now: write "attendance return: { irregular absence: … }" there, keep it with npx firstbell policy add FILE.yaml, and take this line out',
);

const Span = z
  .strictObject({ name: words(80), from: day, to: day })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'It is before "from": mend one of the two' });

const account = { name: words(120), email, active: z.boolean('Write true or false').default(true) };

const SchoolMember = z
  .strictObject({ ...account, role: z.enum(schoolRoles, `Use one of: ${schoolRoles.join(', ')}`), class: words(20).optional() })
  .refine(({ role, class: of }) => role !== 'class-teacher' || of !== undefined, {
    path: ['class'],
    message: 'Say which class this teacher has',
  })
  .refine(({ role, class: of }) => role === 'class-teacher' || of === undefined, {
    path: ['class'],
    message: 'Only a class-teacher has a class: leave it out, or mend the role',
  });
const Officer = z.strictObject({ ...account, role: z.enum(officers, `Use one of: ${officers.join(', ')}`) });

const Calendar = z.strictObject({
  terms: z.array(Span).min(1, 'Add the terms of this school year'),
  'half-terms': z.array(Span).default([]),
  'inset days': z.array(day).default([]),
  closures: z.array(Span).default([]),
});

/** A school in a file. The keys are the words that the office says. */
export const SchoolFile = z
  .strictObject({
    school: id,
    ...place,
    authority: z.strictObject({ id, ...place, 'irregular absence': saidByProfile.optional() }),
    trust: z.strictObject({ id, name: words(120) }).optional(),
    policy: id,
    'recall window': minutes.optional(),
    training: z.boolean('Write true or false').default(false),
    today: day.optional(),
    password: z
      .literal(
        demoPassword,
        `Passwords do not belong in a file. Only the demo password may stand here, ${demoPassword}; set any other with "firstbell password EMAIL"`,
      )
      .optional(),
    calendar: Calendar,
    staff: z.array(SchoolMember).min(1, 'Add somebody who may sign in'),
    'authority staff': z.array(Officer).default([]),
  })
  .superRefine((file, ctx) => {
    for (const [path, message] of [...clockProblems(file), ...problemsOf(file.calendar), ...accountProblems(file)])
      ctx.addIssue({ code: 'custom', path: [...path], message });
  });

type File = { training: boolean; today?: Day | undefined; password?: string | undefined; calendar: z.infer<typeof Calendar> };
type Problem = readonly [path: readonly PropertyKey[], cure: string];

/** A practice school needs a date; a real school has neither a date of its own nor the demo password. */
function clockProblems({ training, today, password, calendar: { terms } }: File): Problem[] {
  if (!training)
    return [
      ...(today === undefined ? [] : [[['today'], 'Only a practice school has a clock of its own: leave it out'] as const]),
      ...(password === undefined ? [] : [[['password'], 'A real school has no demo password: leave it out'] as const]),
    ];
  if (today === undefined) return [[[], 'A practice school needs "today", the date at which its clock begins']];
  const last =
    terms
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? '';
  return today < last ? [] : [[['today'], `The last term ends on ${shortDay(last)}: begin before it, or add the next term`]];
}

type PeriodAt = { path: readonly PropertyKey[]; period: Period };

/** The periods of a file's calendar, each with its place there. */
export const periodsIn = (calendar: z.infer<typeof Calendar>): PeriodAt[] => [
  ...spansIn('term', 'terms', calendar.terms),
  ...spansIn('half-term', 'half-terms', calendar['half-terms']),
  ...spansIn(
    'inset',
    'inset days',
    calendar['inset days'].map((on) => ({ name: 'Staff training', from: on, to: on })),
  ),
  ...spansIn('closure', 'closures', calendar.closures),
];

const spansIn = (kind: Period['kind'], part: string, spans: readonly z.infer<typeof Span>[]): PeriodAt[] =>
  spans.map(({ name: label, from, to }, i) => ({ path: ['calendar', part, i], period: { kind, label, from, to } }));

/** The same rules as for a calendar that is changed on its page; here each is told at its place in the file. */
function problemsOf(calendar: z.infer<typeof Calendar>): Problem[] {
  const all = periodsIn(calendar);
  return calendarProblems(all.map(({ period }) => period)).map(({ of, says }) => [
    all.find(({ period }) => period === of)?.path ?? ['calendar'],
    says,
  ]);
}

/** An e-mail address is one account. */
function accountProblems(file: {
  staff: readonly { email: string }[];
  'authority staff': readonly { email: string }[];
}): Problem[] {
  const all = (['staff', 'authority staff'] as const).flatMap((list) =>
    file[list].map((member, i) => ({ path: [list, i, 'email'], email: member.email })),
  );
  return all.flatMap(({ path, email: of }, i) =>
    all.findIndex((one) => one.email === of) < i
      ? [[path, 'Another account has this address: one address is one account'] as const]
      : [],
  );
}
