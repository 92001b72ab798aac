import { z } from 'zod';
import type { Day } from '../../calendar/day.ts';
import { counted as sessionsCounted } from '../../counted.ts';
import { CodeSet, codesBorne, codesOf, codesSaid } from '../code-sets.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { counted } from './figure.ts';
import { marksOver, measure } from './measure.ts';
import { daysWithin, Over, overDuring, overSaid, spanOn } from './over.ts';

/** The sessions in a span that bear one of these codes. */
export function sessionsBearing(codes: ReadonlySet<string>, register: PupilRegister, over: Over) {
  const { span, marks } = marksOver(register, over);
  return { span, sessions: marks.filter(({ code }) => codes.has(code)).map(counted) };
}

/** How many those sessions are on any day. */
export function bearingDaily(codes: ReadonlySet<string>, all: PupilRegister, over: Over): (on: Day) => number {
  const days = daysBearing(codes, all);
  if (days.length === 0) return () => 0;
  const span = spanOn(all, over);
  return (on) => daysWithin(days, span(on));
}

/** The day of each session that bears one of these codes, oldest first. */
export const daysBearing = (codes: ReadonlySet<string>, { marks }: PupilRegister): Day[] =>
  marks.filter(({ code }) => codes.has(code)).map(({ on }) => on);

/** Sessions of any set of codes in any span, such as unauthorised absence in six school weeks. */
export const codedSessions = measure({
  name: 'coded-sessions',
  label: 'Sessions',
  unit: 'sessions',
  counts: 'Sessions that bear one of the codes asked for. A span of school weeks passes over holiday weeks and the summer.',
  source: 'What is asked',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ codes: CodeSet, over: Over.default('school year') }),
  said: ({ codes, over }) => `${codesSaid(codes)}, ${overSaid(over)}`,
  find(register, { codes, over }) {
    const { span, sessions } = sessionsBearing(codesOf(codes), register, over);
    return { span, value: { is: 'sessions', sessions: sessions.length }, sessions };
  },
  fact: ({ sessions }, { codes, over }) => `${sessionsCounted(sessions, 'session')} ${codesBorne(codes)} ${overDuring(over)}`,
  daily: (all, { codes, over }) => bearingDaily(codesOf(codes), all, over),
});

type Named = { name: string; label: string; counts: string; source: string; codes: ReadonlySet<string> };

/** A measure that counts the sessions of one set of codes. */
export const sessionsOf = ({ codes, ...named }: Named) =>
  measure({
    ...named,
    unit: 'sessions',
    minimum: 0,
    below: 'shown with a caution',
    params: z.strictObject({ over: Over.default('school year') }),
    said: ({ over }) => overSaid(over),
    find(register, { over }) {
      const { span, sessions } = sessionsBearing(codes, register, over);
      return { span, value: { is: 'sessions', sessions: sessions.length }, sessions };
    },
    daily: (all, { over }) => bearingDaily(codes, all, over),
  });
