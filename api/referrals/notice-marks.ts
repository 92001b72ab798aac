import type { Day } from '../../policy/calendar/day.ts';
import { type Sourced, withElsewhere } from '../../policy/register/absence-elsewhere.ts';
import { penaltyNoticeMarksFrom } from '../../policy/register/measures/penalty-notice-window.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import { absenceElsewhereOf } from '../../prisma/absence-elsewhere.ts';
import type { Db } from '../../prisma/client.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';

type Pupil = { id: string; schoolId: string; onRollFrom: Date; onRollTo: Date | null };

/**
 * The marks that a penalty notice could rest on today, as the rules take them: the register’s while the pupil was on the roll, and the
 * absence at other schools that is known.
 */
export async function noticeMarks(db: Db, pupil: Pupil, today: Day): Promise<Sourced[]> {
  const from = penaltyNoticeMarksFrom(await calendarOf(db, pupil.schoolId), today);
  const marks = await marksOf(db, pupil.id, whileOnRoll({ from, to: today }, onRollOf(pupil)));
  const span = { from, to: today };
  const elsewhere = (await absenceElsewhereOf(db, [pupil.id], span)).get(pupil.id) ?? [];
  return [
    ...withElsewhere(
      marks,
      elsewhere.filter(({ on }) => from <= on && on <= today),
    ),
  ];
}
