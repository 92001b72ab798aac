import { z } from 'zod';
import type { Day } from '../../calendar/day.ts';
import { isSchoolDay, placeAfter, placeOf } from '../../calendar/school-calendar.ts';
import { counted as spellsCounted } from '../../counted.ts';
import { agreedCodes, CodeSet, codesBorne, codesOf, codesSaid, notExpectedCodes } from '../code-sets.ts';
import { isMissing } from '../codes.ts';
import { type Mark, sessionId, within } from '../mark.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { counted } from './figure.ts';
import { measure } from './measure.ts';
import { Over, overDuring, overSaid, spanOf, spanOn } from './over.ts';

/** A session of absence, and to which spell of the record it belongs, the first being 1. */
type InSpell = { mark: Mark; spell: number };

/**
 * How often a pupil was away, however long each time: one illness of eight days is one spell, eight of one day are eight. School
 * policies speak of "several instances" or "frequent and recurring illness", which a number of days does not tell apart.
 */
export const absenceSpells = measure({
  name: 'absence-spells',
  label: 'Spells of absence',
  unit: 'spells',
  counts:
    'Sessions in a row that bear one of the codes are one spell, half a day or many weeks. Weekends and holidays, sessions at which the pupil was not expected (X, Y, Q, #) or had agreed leave (C, C2 and so on), and sessions without a mark part no spell: only a session with any other code does. A spell that reaches into the span counts, wherever it began.',
  source: 'School policies',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ codes: CodeSet.default('any absence'), over: Over.default('school year') }),
  said: ({ codes, over }) => `${codesSaid(codes)}, ${overSaid(over)}`,
  find(register, { codes, over }) {
    const span = spanOf(register, over);
    const inSpan = new Set(within(register.marks, span).map(sessionId));
    const found = spellsIn(register, codesOf(codes)).filter(({ mark }) => inSpan.has(sessionId(mark)));
    const spells = new Set(found.map(({ spell }) => spell)).size;
    return { span, value: { is: 'spells', spells }, sessions: found.map(({ mark }) => counted(mark)) };
  },
  fact: ({ spells }, { codes, over }) => `${spellsCounted(spells, 'spell')} ${codesBorne(codes)} ${overDuring(over)}`,
  daily(all, { codes, over }) {
    const found = spellsIn(all, codesOf(codes));
    if (found.length === 0) return () => 0;
    const days: Day[] = found.map(({ mark }) => mark.on);
    const span = spanOn(all, over);
    return (on) => {
      const { from, to } = span(on);
      const [first, last] = [found[placeOf(days, from)], found[placeAfter(days, to) - 1]];
      return first && last ? Math.max(0, last.spell - first.spell + 1) : 0;
    };
  },
});

/** Every session of absence with its spell, oldest first. Marks on days without school are not looked at. */
function spellsIn({ marks, calendar }: PupilRegister, codes: ReadonlySet<string>): InSpell[] {
  const found: InSpell[] = [];
  let [spell, away] = [0, false];
  for (const mark of marks) {
    const { code } = mark;
    if (codes.has(code) && isSchoolDay(calendar, mark.on)) {
      if (!away) spell++;
      away = true;
      found.push({ mark, spell });
    } else if (!isMissing(code) && !notExpectedCodes.has(code) && !agreedCodes.has(code)) away = false;
  }
  return found;
}
