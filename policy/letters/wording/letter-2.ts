import { longDay } from '../../calendar/day.ts';
import { persistentlyAbsent } from '../../register/fraction.ts';
import type { Block, Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Letter 2: now formally monitored for a stated time, with a target if the policy sets one. One that comes late tells of no time. */
export const letter2 = (fields: FieldsOf<'letter-2'>): Wording => ({
  subject: neutralSubject(fields),
  title: `${fields.monitoring ? 'We are now monitoring' : 'We are writing again about'} ${fields.pupil.name}’s attendance`,
  blocks: [
    say(`${fields.pupil.name} has now missed ${missed(fields)} of school since ${since(fields)}.${wroteBefore(fields)}`),
    ...because(fields),
    record(fields),
    ...note(fields),
    ...sought(fields),
    head('What happens next'),
    list(
      'We will call you in the next days to talk about what would help.',
      ...(fields.monitoring ? ['If attendance gets better as we ask, we will tell you.'] : []),
      `If ${fields.monitoring ? 'it does not' : 'attendance does not get better'}, we will ask you to a meeting to agree a plan together.`,
    ),
    ...reach(fields),
  ],
});

function because(fields: FieldsOf<'letter-2'>): Block[] {
  const { monitoring } = fields;
  if (monitoring === null) return [say(why(fields))];
  const time = `we will monitor attendance formally from ${longDay(monitoring.from)} to ${longDay(monitoring.until)}`;
  return [say(`${why(fields)} Because of this ${time}.`)];
}

function sought(fields: FieldsOf<'letter-2'>): Block[] {
  if (fields.monitoring === null) return [];
  const asked = `In that time we ask that ${fields.pupil.name} is in school ${aim(fields)}.`;
  return [head('What we look for'), say(`${asked} Illness and other good reasons will be looked at fairly.`)];
}

const wroteBefore = ({ firstLetterOn }: FieldsOf<'letter-2'>): string =>
  firstLetterOn === null ? '' : ` We first wrote to you about this on ${longDay(firstLetterOn)}.`;

const why = ({ figures }: FieldsOf<'letter-2'>): string =>
  persistentlyAbsent(figures)
    ? 'A pupil who misses one day in ten is called persistently absent.'
    : 'Attendance has not got better since.';

const aim = ({ targetPercent }: FieldsOf<'letter-2'>): string =>
  targetPercent === null ? 'on every day they can be' : `for at least ${targetPercent} of half days`;
