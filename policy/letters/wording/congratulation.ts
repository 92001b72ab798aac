import { longDay } from '../../calendar/day.ts';
import { shown } from '../../register/fraction.ts';
import type { Block, Wording } from '../block.ts';
import { head, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { neutralSubject, note, reach } from './parts.ts';

/** The target was met. Thanks the effort; never says that the pupil does better than others (praise that backfires). */
export const congratulation = (fields: FieldsOf<'congratulation'>): Wording => ({
  subject: neutralSubject(fields),
  title: `Thank you: ${fields.pupil.name} met the attendance target`,
  blocks: [
    say(
      `From ${longDay(fields.monitored.from)} to ${longDay(fields.monitored.until)} ${fields.pupil.name} attended ${fields.window.attended} of ${fields.window.possible} half days (${counted(fields)}). The target is met. Well done, and thank you for your part in it.`,
    ),
    ...forThePupil(fields),
    ...note(fields),
    head('What happens next'),
    say(
      'Formal monitoring has ended. We go on looking at attendance each week until it has settled. If things get hard again, call us early: the help we offered is still there.',
    ),
    ...reach(fields),
  ],
});

/** The share that was attended; one from which the policy leaves something out says what. */
const counted = ({ window }: FieldsOf<'congratulation'>): string =>
  window.how === undefined ? shown(window) : `${shown(window)}, ${window.how}`;

const forThePupil = ({ enclosures, pupil }: FieldsOf<'congratulation'>): Block[] =>
  enclosures.includes('card')
    ? [say(`A card comes with this letter. Please give it to ${pupil.name}: it is our thanks to them.`)]
    : [];
