import { z } from 'zod';
import { CodeSet, codesOf, codesSaid } from '../code-sets.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { counted } from './figure.ts';
import { marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';

/** The sessions in a span that bear one of these codes. */
export function sessionsBearing(codes: ReadonlySet<string>, register: PupilRegister, over: Over) {
  const { span, marks } = marksOver(register, over);
  return { span, sessions: marks.filter(({ code }) => codes.has(code)).map(counted) };
}

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
  });
