import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Letter 2: below 90%, now formally monitored for a stated time with a stated target. */
export const letter2 = (fields: FieldsOf<'letter-2'>): Wording => ({
  subject: neutralSubject(fields),
  title: `We are now monitoring ${fields.pupil.name}'s attendance`,
  blocks: [
    say(
      `${fields.pupil.name} has now missed ${missed(fields)} of school since ${since(fields)}. We first wrote to you about this on ${longDay(fields.firstLetterOn)}.`,
    ),
    say(
      `A pupil who misses one day in ten is called persistently absent. Because of this we will monitor attendance formally from ${longDay(fields.monitoring.from)} to ${longDay(fields.monitoring.until)}.`,
    ),
    record(fields),
    ...note(fields),
    head('The target'),
    say(
      `In that time we ask that ${fields.pupil.name} is in school for at least ${fields.targetPercent} of half days. Illness and other good reasons will be looked at fairly.`,
    ),
    head('What happens next'),
    list(
      'We will call you in the next days to talk about what would help.',
      'If the target is met, we will write to say so.',
      'If it is not, we will ask you to a meeting to agree a plan together.',
    ),
    ...reach(fields),
  ],
});
