import { isSame } from '../register/fraction.ts';
import { adjustedHow } from './attendance-said.ts';
import type { Circumstances } from './circumstances.ts';
import type { CaseEvent } from './event.ts';
import { attendanceOn, newestSession } from './figures.ts';
import type { Telling } from './telling.ts';

/** What the register says today, as the policy counts it. */
export function attendanceNoted(c: Circumstances): Extract<CaseEvent, { type: 'attendance noted' }> {
  const how = adjustedHow(c);
  return {
    ...{ type: 'attendance noted', attendance: attendanceOn(c, c.on), upTo: newestSession(c) },
    ...(how !== null && { how }),
  };
}

/** Notes what the register says today, if it has moved since the case last looked, or if something is left out now that was not. */
export function noteAttendance(t: Telling): void {
  const noted = attendanceNoted(t.c);
  if (isSame(noted.attendance, t.state.attendance) && 'how' in noted === (t.state.how !== undefined)) return;
  t.add(noted);
}
