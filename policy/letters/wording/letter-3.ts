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
    say(
      'We will call you to find a time to meet. If nothing changes although help was offered, the local authority decides what is done next.',
    ),
    ...reach(fields),
  ],
});

const wroteBefore = ({ secondLetterOn }: FieldsOf<'letter-3'>): string =>
  secondLetterOn === null ? '' : ` We wrote to you about this on ${longDay(secondLetterOn)}.`;
