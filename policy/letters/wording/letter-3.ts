import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Letter 3: two letters have not been enough, and school, family and authority make a plan together. */
export const letter3 = (fields: FieldsOf<'letter-3'>): Wording => ({
  subject: neutralSubject(fields),
  title: `We would like to make a plan with you for ${fields.pupil.name}`,
  blocks: [
    say(
      `${fields.pupil.name} has now missed ${missed(fields)} of school since ${since(fields)}.${wroteBefore(fields)} So much time away makes it hard to keep up, and we do not want to leave you alone with it.`,
    ),
    record(fields),
    ...note(fields),
    head('What we ask of you'),
    list(
      'Make an attendance plan with us: what each of us will do, and by when.',
      `Tell us what stands in the way, at home or here. ${fields.authority} may send an officer to help.`,
    ),
    head('What we can offer'),
    list(...fields.support),
    head('What happens next'),
    say(`${together(fields)}${authority(fields)}`),
    ...reach(fields),
  ],
});

const wroteBefore = ({ secondLetterOn }: FieldsOf<'letter-3'>): string =>
  secondLetterOn === null ? '' : ` We wrote to you about this on ${longDay(secondLetterOn)}.`;

function together({ follows: { call, meets } }: FieldsOf<'letter-3'>): string {
  if (call) return 'We will call you to find a time to meet.';
  return meets === 'now' ? 'We will ask you to a meeting.' : 'Please call us to find a time to talk about the plan.';
}

const authority = ({ follows }: FieldsOf<'letter-3'>): string =>
  follows.refers ? ' If nothing changes although help was offered, the local authority decides what is done next.' : '';
