import { attendanceOn, newestSession } from './figures.ts';
import type { Telling } from './telling.ts';

/** Notes what the register says today, if it has moved since the case last looked. */
export function noteAttendance(t: Telling): void {
  const attendance = attendanceOn(t.c, t.c.on);
  const { attended, possible } = t.state.attendance;
  if (attendance.attended === attended && attendance.possible === possible) return;
  t.add({ type: 'attendance noted', attendance, upTo: newestSession(t.c) });
}
