import { z } from 'zod';
import { namedCodes } from '../code-sets.ts';
import { bearingDaily, sessionsBearing, sessionsOf } from './coded-sessions.ts';
import { measure } from './measure.ts';
import { Over, overSaid } from './over.ts';

const source = 'SI 2024/208 reg 10; DfE, pupil absence statistics: methodology';

/** Sessions possible and not attended. */
export const sessionsMissed = sessionsOf({
  name: 'sessions-missed',
  label: 'Sessions missed',
  counts: 'Sessions of absence, authorised or not: what is possible and not attended.',
  source,
  codes: namedCodes['any absence'],
});

/** The same as families count it: half a day a session. */
export const missedDays = measure({
  name: 'days-missed',
  label: 'Days missed',
  unit: 'school days, half a day a session',
  counts: 'Sessions of absence, authorised or not, as half days.',
  source,
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const { span, sessions } = sessionsBearing(namedCodes['any absence'], register, over);
    return { span, value: { is: 'school days', days: sessions.length / 2 }, sessions };
  },
  daily(all, { over }) {
    const sessions = bearingDaily(namedCodes['any absence'], all, over);
    return (on) => sessions(on) / 2;
  },
});

export const authorisedAbsence = sessionsOf({
  name: 'authorised-absence',
  label: 'Authorised absence',
  counts: 'Sessions coded C, C1, C2, E, I, J1, M, R, S or T; in registers before 19 August 2024 also H and F.',
  source,
  codes: namedCodes.authorised,
});

export const unauthorisedAbsence = sessionsOf({
  name: 'unauthorised-absence',
  label: 'Unauthorised absence',
  counts:
    'Sessions coded G, N, O or U. The law counts other sets of codes elsewhere: this is none of them, though two have the same members.',
  source,
  codes: namedCodes.unauthorised,
});
