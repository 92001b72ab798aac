import { z } from 'zod';
import { shortDay } from '../calendar/day.ts';
import { counted as numbered } from '../counted.ts';
import { CodeSet, codesOf, codesSaid } from './code-sets.ts';
import { type Mark, type Span, sessionId } from './mark.ts';
import { overSaid } from './measures/over.ts';

const day = z.iso.date();

/** What an adjusted attendance leaves out: sessions by their code, of some days, or by name. */
export const LeftOut = z.strictObject({
  codes: CodeSet.optional(),
  days: z.array(z.strictObject({ from: day, to: day, codes: CodeSet.optional() })).default([]),
  sessions: z.array(z.string().regex(/^\d{4}-\d{2}-\d{2} (AM|PM)$/, 'Write a session as "2026-09-14 AM"')).default([]),
});
export type LeftOut = z.output<typeof LeftOut>;

/** Times of settling in, and of an agreed part-time timetable, as a pupil's record has them. */
export type AgreedTimes = { settlingIn?: readonly Span[] | undefined; partTime?: readonly Span[] | undefined };

/** What a policy that adjusts what it acts on leaves out: every session of settling in, and C2 while a part-time timetable is agreed. */
export const leftOutByPolicy = ({ settlingIn = [], partTime = [] }: AgreedTimes): LeftOut => ({
  days: [...settlingIn, ...partTime.map((span) => ({ ...span, codes: ['C2'] }))],
  sessions: [],
});

/** Whether a mark is to be left out. */
export function isLeftOut({ codes = [], days, sessions }: LeftOut): (mark: Mark) => boolean {
  const [ofCode, named] = [codesOf(codes), new Set(sessions)];
  const spans = days.map((span) => ({ ...span, of: span.codes && codesOf(span.codes) }));
  return (mark) =>
    ofCode.has(mark.code) ||
    named.has(sessionId(mark)) ||
    spans.some(({ from, to, of }) => from <= mark.on && mark.on <= to && (of?.has(mark.code) ?? true));
}

/** "without C2 and 1 Sep 2026 to 11 Sep 2026", "with nothing left out" */
export function leftOutSaid({ codes, days, sessions }: LeftOut): string {
  const said = [
    ...(codes === undefined ? [] : [codesSaid(codes)]),
    ...days.map(
      (span) =>
        `${span.codes ? `${codesSaid(span.codes)} of ` : ''}${span.from === span.to ? shortDay(span.from) : overSaid(span)}`,
    ),
    ...(sessions.length > 0 ? [numbered(sessions.length, 'named session')] : []),
  ];
  return said.length === 0 ? 'with nothing left out' : `without ${said.join(' and ')}`;
}
