import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { neutralSubject, note, reach, session } from './parts.ts';

/** The figures of an earlier letter were wrong: which letter, what it said, what is right, and that we are sorry. */
export const correction = (fields: FieldsOf<'correction'>): Wording => {
  const { pupil, first, right, stands } = fields;
  return {
    subject: neutralSubject(fields),
    title: `We are sorry: our letter about ${pupil.name} was wrong`,
    blocks: [
      say(
        `On ${longDay(first.issuedOn)} we wrote to you about ${pupil.name}’s attendance. That letter has the reference ${first.ref}. It gave wrong figures, because the register was not right at that time. We are sorry.`,
      ),
      say(
        `The letter said that ${pupil.name} attended ${first.attended} of ${first.possible} half days from ${longDay(first.from)} to ${session(first.asOf)}. The right figure is ${right.attended} of ${right.possible} half days.`,
      ),
      ...(stands
        ? []
        : [say('With the right figures we would not have sent that letter. This correction is kept with it in our records.')]),
      ...note(fields),
      head('What happens next'),
      say('You do not need to reply. If you would like to talk about it, please call us.'),
      ...reach(fields),
    ],
  };
};
