import { z } from 'zod';
import { type Fraction, persistentlyAbsent, severelyAbsent } from '../fraction.ts';
import { counted } from './figure.ts';
import { enoughForAttendance, marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';
import { totalsOf } from './totals.ts';

/** A tenth or more of the pupil's own possible sessions missed, for any reason: exactly 90.0% is persistent (DfE). */
export const persistentAbsence = absence('persistent-absence', 'Persistent absence', 'A tenth or more', persistentlyAbsent);

/** Half or more missed: exactly 50.0% is severe (DfE). */
export const severeAbsence = absence('severe-absence', 'Severe absence', 'Half or more', severelyAbsent);

function absence(name: string, label: string, share: string, is: (attendance: Fraction) => boolean) {
  return measure({
    name,
    label,
    unit: 'yes or no, with the sessions attended of those possible',
    counts: `${share} of the pupil’s own possible sessions missed, authorised or not. In the year it can end again as possible sessions grow. A school’s list may name it in any week; DfE does not publish it for a few weeks alone.`,
    source: 'DfE, pupil absence statistics: methodology',
    minimum: enoughForAttendance,
    below: 'shown with a caution',
    params: z.strictObject({ over: Over.default('school year') }),
    said: ({ over }) => overSaid(over),
    find(register, { over }) {
      const { span, marks } = marksOver(register, over);
      const { attended, possible } = totalsOf(marks);
      return { span, value: { is: 'answer', yes: is({ attended, possible }), attended, possible }, sessions: marks.map(counted) };
    },
  });
}
