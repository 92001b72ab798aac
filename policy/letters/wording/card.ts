import { head, say } from '../block.ts';
import type { SharedFields } from '../fields.ts';
import type { Enclosure } from '../printed.ts';

/**
 * Thanks to the pupil, which their parents hand on (Gloucestershire trust, Appendix 1, step 10). It thanks for the effort, and
 * never says that anybody does better than others or than was expected: such praise backfires.
 */
export const card = ({ school }: SharedFields): Enclosure => ({
  kind: 'card',
  title: 'Well done, and thank you',
  from: school.name,
  blocks: [
    say('You have met the target for coming to school. Thank you for the effort that you made.'),
    say(
      'Being in school every day that you can be is what we hope for from everyone. It helps you to learn, and we like to have you here.',
    ),
    head('If it gets hard again'),
    say('Tell someone at school whom you trust, or ask someone at home to call us. The help that you had is still there.'),
    say(`From all of us who lead ${school.name}`),
  ],
});
