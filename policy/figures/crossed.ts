import type { Fraction } from '../register/fraction.ts';
import { bandOf, bands } from '../register/measures/band.ts';
import type { Line } from './crossings.ts';

/** The lines by attendance, each with how many of the bands (worst first) lie beyond it. */
const beyond = { 'below-96': 3, persistent: 2, severe: 1 } as const satisfies Partial<Record<Line, number>>;

export type LineOfAttendance = keyof typeof beyond;
export const linesOfAttendance = Object.keys(beyond) as LineOfAttendance[];

/** Whether a pupil came from this side of a line to beyond it. Who had no possible session before came from nowhere. */
export function hasCrossed(line: LineOfAttendance, { before, now }: { before: Fraction; now: Fraction }): boolean {
  const [was, is] = [bandOf(before), bandOf(now)];
  return was !== null && is !== null && bands.indexOf(was) >= beyond[line] && bands.indexOf(is) < beyond[line];
}
