import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { CodeSet, namedCodes } from '../../policy/register/code-sets.ts';
import { LeftOut } from '../../policy/register/left-out.ts';
import { Over } from '../../policy/register/measures/over.ts';
import type { RangeAsked } from '../../policy/register/measures/pupil-figures.ts';

/** What is asked of a pupil's figures: of which day, as they were known on which, and of which days besides. */
export type FiguresAsked = { on: string | undefined; knownOn: string | undefined; range: RangeAsked | null };

/** Text that another schema reads, once it is split as that wants it. An empty field of a form asks nothing. */
const readAs = <S extends z.ZodType>(schema: S, cure: string, split: (text: string) => unknown = (text) => text) =>
  z
    .string()
    .transform((text, ctx): z.output<S> | undefined => {
      if (text.trim() === '') return undefined;
      const { success, data } = schema.safeParse(split(text.trim()));
      if (success) return data;
      ctx.addIssue({ code: 'custom', message: `“${text.trim()}” is not understood. ${cure}` });
      return z.NEVER;
    })
    .optional();

const listed = (text: string) => text.split(/\s*[,;]\s*/).filter((one) => one !== '');
const codesIn = (text: string) => (/^[a-z]/.test(text) ? text : listed(text));
const spansIn = (text: string) =>
  listed(text).map((span) => {
    const [from, to = from] = span.split(' to ');
    return { from, to };
  });

/** A day as an address or a form has it. */
export const dayAsked = readAs(z.string().refine(isDay), 'Write a day as YYYY-MM-DD');
const codes = readAs(
  CodeSet,
  `Write codes of the national table, such as I, M, or one of: ${Object.keys(namedCodes).join(', ')}`,
  codesIn,
);
const days = readAs(LeftOut.shape.days.unwrap(), 'Write days such as 2026-09-07 to 2026-09-18; 2026-10-01', spansIn);
const sessions = readAs(LeftOut.shape.sessions.unwrap(), 'Write sessions such as 2026-09-14 AM; 2026-09-14 PM', listed);

/** As a machine asks. */
export const AskedByApi = z.object({
  on: dayAsked.describe('The figures at the end of this day; without it, of the day as it was known on, or of today'),
  knownOn: dayAsked.describe('As it was known at the end of this day; without it, as it is known now'),
  over: readAs(Over, 'Write days such as 2026-09-01 to 2026-10-23, last 5 school days, or last 3 school weeks').describe(
    'Figures of other days besides: "2026-09-01 to 2026-10-23", "last 5 school days", "last 3 school weeks"',
  ),
  codes: codes.describe(
    'Of these days, the sessions and the longest run of these codes too: "I, M", "any absence", "unexplained"',
  ),
  withoutCodes: codes.describe('And adjusted: without these codes'),
  withoutDays: days.describe('And adjusted: without these days, "2026-09-07 to 2026-09-18; 2026-10-01"'),
  withoutSessions: sessions.describe('And adjusted: without these sessions, "2026-09-14 AM; 2026-09-14 PM"'),
});

/** As the form of the page asks. `lists`: every list of sessions is open, to be printed. */
export const AskedOnPage = z.object({
  ...{ on: dayAsked, 'as-known-on': dayAsked, from: dayAsked, to: dayAsked, codes, 'without-codes': codes, 'without-days': days },
  ...{ 'without-sessions': sessions, lists: z.enum(['open']).optional(), as: z.enum(['csv']).optional() },
});

type ByApi = z.output<typeof AskedByApi>;

export const askedByApi = ({ on, knownOn, over, codes: of, ...without }: ByApi): FiguresAsked => ({
  ...{ on, knownOn },
  range: rangeOf(over, of, without.withoutCodes, without.withoutDays, without.withoutSessions),
});

export function askedOnPage({ on, from, to, codes: of, ...asked }: z.output<typeof AskedOnPage>): FiguresAsked {
  const [first, last] = [from ?? to, to ?? from].sort();
  const over = first !== undefined && last !== undefined ? { from: first, to: last } : undefined;
  const range = rangeOf(over, of, asked['without-codes'], asked['without-days'], asked['without-sessions']);
  return { on, knownOn: asked['as-known-on'], range };
}

/** Null if nothing of it is asked. What is asked without days is of the school year. */
function rangeOf(
  over: Over | undefined,
  of: CodeSet | undefined,
  outCodes: CodeSet | undefined,
  outDays: LeftOut['days'] = [],
  outSessions: LeftOut['sessions'] = [],
): RangeAsked | null {
  const nothingOut = outCodes === undefined && outDays.length + outSessions.length === 0;
  if (over === undefined && of === undefined && nothingOut) return null;
  const out = { ...(outCodes !== undefined && { codes: outCodes }), days: outDays, sessions: outSessions };
  return { over: over ?? 'school year', codes: of ?? null, out: nothingOut ? null : out };
}
