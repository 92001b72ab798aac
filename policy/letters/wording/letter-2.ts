import { longDay } from '../../calendar/day.ts';
import { persistentlyAbsent } from '../../register/fraction.ts';
import type { Block, Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Letter 2: now formally monitored for a stated time, with a target if the policy sets one. One that comes late tells of no time. */
export const letter2 = (fields: FieldsOf<'letter-2'>): Wording => ({
  subject: neutralSubject(fields),
  title: `${told(fields)} ${fields.pupil.name}’s attendance`,
  blocks: [
    say(`${fields.pupil.name} has now missed ${missed(fields)} of school since ${since(fields)}.${wroteBefore(fields)}`),
    ...because(fields),
    record(fields),
    ...note(fields),
    ...sought(fields),
    head('What happens next'),
    list(...next(fields)),
    ...reach(fields),
  ],
});

function told({ monitoring, firstLetterOn }: FieldsOf<'letter-2'>): string {
  if (monitoring) return 'We are now monitoring';
  return firstLetterOn === null ? 'We are writing about' : 'We are writing again about';
}

function next({ follows: { call, thanks, meets }, monitoring }: FieldsOf<'letter-2'>): string[] {
  const worse = monitoring && thanks ? 'it does not' : 'attendance does not get better';
  const plan = 'will ask you to a meeting to agree a plan together.';
  const said = [
    ...(call ? ['We will call you in the next days to talk about what would help.'] : []),
    ...(monitoring && thanks ? ['If attendance gets better as we ask, we will tell you.'] : []),
    ...(meets === 'now' ? [`We ${plan}`] : []),
    ...(meets === 'later' ? [`If ${worse}, we ${plan}`] : []),
  ];
  return said.length > 0 ? said : ['We will go on looking at attendance each week.'];
}

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

function why({ figures, firstLetterOn }: FieldsOf<'letter-2'>): string {
  if (persistentlyAbsent(figures)) return 'A pupil who misses one day in ten is called persistently absent.';
  return firstLetterOn === null ? 'That is more than we expect at this time of year.' : 'Attendance has not got better since.';
}

const aim = ({ targetPercent }: FieldsOf<'letter-2'>): string =>
  targetPercent === null ? 'on every day they can be' : `for at least ${targetPercent} of half days`;
