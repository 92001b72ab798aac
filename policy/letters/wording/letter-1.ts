import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Letter 1: attendance is below the school's standard. Supportive: days missed first, an offer of help, a person to call. */
export const letter1 = (fields: FieldsOf<'letter-1'>): Wording => ({
  subject: neutralSubject(fields),
  title: `${fields.pupil.name} has missed ${missed(fields)} of school`,
  blocks: [
    say(
      `Since ${since(fields)} ${fields.pupil.name} has missed ${missed(fields)} of school. That is more than we expect at this time of year, and we would like to help.`,
    ),
    say(
      'Days missed add up quickly, and small gaps in learning grow. You may already have told us why. If so, thank you. We write to every family at this point.',
    ),
    record(fields),
    ...note(fields),
    head('What you can do'),
    list(
      'Tell us if something makes it hard to come to school, at home or here.',
      'Call us on the morning of any day your child cannot come.',
      'Make appointments outside school time where you can.',
    ),
    head('What we can offer'),
    list(...fields.support),
    head('What happens next'),
    say(`We will look at attendance each week.${better(fields)}${worse(fields)}`),
    ...reach(fields),
  ],
});

const better = ({ follows }: FieldsOf<'letter-1'>): string => (follows.thanks ? ' If it gets better, we will tell you.' : '');

function worse({ follows: { thanks, writes, meets } }: FieldsOf<'letter-1'>): string {
  const then = [...(writes ? ['write again'] : []), ...(meets === null ? [] : ['ask to meet you'])];
  return then.length === 0 ? '' : ` If it does not${thanks ? '' : ' get better'}, we will ${then.join(' and ')}.`;
}
