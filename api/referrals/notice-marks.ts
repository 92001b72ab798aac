import type { Day } from '../../policy/calendar/day.ts';
import type { Mark } from '../../policy/register/mark.ts';
import { penaltyNoticeMarksFrom } from '../../policy/register/measures/penalty-notice-window.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import type { Db } from '../../prisma/client.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';

type Pupil = { id: string; schoolId: string; onRollFrom: Date; onRollTo: Date | null };

/** The marks that a penalty notice could rest on today, as the rules take them: none from before the pupil joined or after they left. */
export async function noticeMarks(db: Db, pupil: Pupil, today: Day): Promise<Mark[]> {
  const from = penaltyNoticeMarksFrom(await calendarOf(db, pupil.schoolId), today);
  return marksOf(db, pupil.id, whileOnRoll({ from, to: today }, onRollOf(pupil)));
}
