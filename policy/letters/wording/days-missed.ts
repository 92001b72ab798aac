import { longDay } from '../../calendar/day.ts';
import { daysMissed } from '../../register/measures/totals.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { days, missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** At the start of a half-term: how many days were missed in the one before, and in the year (CELT, Appendix I). */
export const daysMissedLetter = (fields: FieldsOf<'days-missed'>): Wording => {
  const { pupil, halfTerm } = fields;
  const lost = daysMissed(halfTerm);
  return {
    subject: neutralSubject(fields),
    title: `${pupil.name} missed ${lost === 0 ? 'no day' : days(lost)} of school last half-term`,
    blocks: [
      say(
        `The last half-term was from ${longDay(halfTerm.from)} to ${longDay(halfTerm.until)}. In it ${pupil.name} attended ${halfTerm.attended} of ${halfTerm.possible} half days.${lost === 0 ? ' Thank you.' : ''}`,
      ),
      say(
        `Since ${since(fields)} ${pupil.name} has missed ${missed(fields)} of school. Days missed add up quickly, and small gaps in learning grow. You may already have told us why. If so, thank you.`,
      ),
      record(fields),
      ...note(fields),
      head('What you can do'),
      list(
        'Tell us if something makes it hard to come to school, at home or here. We would like to help.',
        'Call us on the morning of any day your child cannot come.',
        'Make appointments outside school time where you can.',
      ),
      ...reach(fields),
    ],
  };
};
