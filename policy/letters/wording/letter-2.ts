import { longDay } from '../../calendar/day.ts';
import { persistentlyAbsent } from '../../register/fraction.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Letter 2: now formally monitored for a stated time, with a target if the policy sets one. */
export const letter2 = (fields: FieldsOf<'letter-2'>): Wording => ({
  subject: neutralSubject(fields),
  title: `We are now monitoring ${fields.pupil.name}'s attendance`,
  blocks: [
    say(`${fields.pupil.name} has now missed ${missed(fields)} of school since ${since(fields)}.${wroteBefore(fields)}`),
    say(
      `${why(fields)} we will monitor attendance formally from ${longDay(fields.monitoring.from)} to ${longDay(fields.monitoring.until)}.`,
    ),
    record(fields),
    ...note(fields),
    head('What we look for'),
    say(
      `In that time we ask that ${fields.pupil.name} is in school ${aim(fields)}. Illness and other good reasons will be looked at fairly.`,
    ),
    head('What happens next'),
    list(
      'We will call you in the next days to talk about what would help.',
      'If attendance gets better as we ask, we will tell you.',
      'If it does not, we will ask you to a meeting to agree a plan together.',
    ),
    ...reach(fields),
  ],
});

const wroteBefore = ({ firstLetterOn }: FieldsOf<'letter-2'>): string =>
  firstLetterOn === null ? '' : ` We first wrote to you about this on ${longDay(firstLetterOn)}.`;

const why = ({ figures }: FieldsOf<'letter-2'>): string =>
  persistentlyAbsent(figures)
    ? 'A pupil who misses one day in ten is called persistently absent. Because of this'
    : 'Attendance has not got better since. Because of this';

const aim = ({ targetPercent }: FieldsOf<'letter-2'>): string =>
  targetPercent === null ? 'on every day they can be' : `for at least ${targetPercent} of half days`;
