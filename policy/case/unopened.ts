import type { Circumstances } from './circumstances.ts';
import { attendanceOn } from './figures.ts';

/** What a case that is not open yet would remember: nothing. */
export function unopened(c: Circumstances) {
  const attendance = attendanceOn(c, c.on);
  return { attendance, stageFrom: attendance, stageSince: c.on, letters: {}, target: null, referral: null };
}
