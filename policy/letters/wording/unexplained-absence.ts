import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { neutralSubject, note, reach, record, session } from './parts.ts';

/** A child has been away for some days and nobody has said why: the parents are asked, first of all whether the child is safe. */
export const unexplainedAbsence = (fields: FieldsOf<'unexplained-absence'>): Wording => {
  const { pupil, school, awaySince, figures } = fields;
  return {
    subject: neutralSubject(fields),
    title: `Please tell us why ${pupil.name} is not in school`,
    blocks: [
      say(
        `${pupil.name} was not in school from ${longDay(awaySince)} to ${session(figures.asOf)}. We have no reason on record. We want to know that ${pupil.name} is safe and well.`,
      ),
      say(`Please call us today on ${school.phone}. If you have told us by now, thank you.`),
      ...note(fields),
      head('What we need to know'),
      list(
        `Where ${pupil.name} is, and that all is well.`,
        `Why ${pupil.name} was away, and when they come back.`,
        'Whether something makes it hard to come to school. We would like to help.',
      ),
      record(fields),
      head('What happens next'),
      say(
        'We have to find out where each child is. We go on trying to reach you until we know. We may visit you, and may ask the local authority for help.',
      ),
      ...reach(fields),
    ],
  };
};
