import type { TemplateId } from '../letters/templates.ts';
import type { AsWritten } from '../pack/as-written.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import { attendancesTold } from './attendances.ts';
import type { PlacedStep } from './clause-walk.ts';
import { attendanceRange, both, isEmpty, percent } from './range.ts';
import { joined, type Way, waysOn } from './ways-on.ts';

type Called = Pick<PlacedStep, 'ground' | 'path'> & { letter: { template: TemplateId } };

/**
 * When two letters beside the ladder are called for at once, for the same things; null if they never are, if they stand beside two
 * stages, or if one of them asks that the other has gone.
 */
export function bothCalledFor(pack: AsWritten, one: Called, other: Called): string | null {
  const [scope, its] = [one, other].map(({ path }) => path.slice(0, path.indexOf('alongside')).map(String).join('/'));
  if (scope !== its || asksFor(one, other) || asksFor(other, one)) return null;
  return byAttendance(pack, one, other) ?? (byFigures(pack, one, other) ? 'With the same figures' : null);
}

const asksFor = ({ ground }: Called, { letter }: Called): boolean =>
  partsIn(ground).some((part) => part['letter sent']?.template === letter.template);

function byAttendance(pack: AsWritten, one: Called, other: Called): string | null {
  const [a, b] = [one, other].map(({ ground }) => ground.flatMap((when) => attendanceRange(when, pack.bands) ?? []).at(0));
  const alone = [...one.ground, ...other.ground].every((when) => Object.keys(when).every((key) => key === 'attendance'));
  if (!a || !b || !alone) return null;
  const common = both(a, b);
  return isEmpty(common) ? null : `At ${percent(common.low)} to ${percent(common.high)}`;
}

/** They ask for one thing in common at least, a figure or an attendance, and at some attendance both may be so. */
function byFigures(pack: AsWritten, one: Called, other: Called): boolean {
  const things = thingsIn(one);
  if (![...thingsIn(other)].some((thing) => things.has(thing))) return false;
  return attendancesTold(pack).some((at) => {
    const ways = ({ ground }: Called): readonly Way[] =>
      ground.map((when) => waysOn(when, { stage: '', at, bands: pack.bands })).reduce(joined);
    return joined(ways(one), ways(other)).length > 0;
  });
}

const thingsIn = ({ ground }: Called): ReadonlySet<string> =>
  new Set(
    partsIn(ground).flatMap(({ attendance, figure }) => [
      ...(attendance ? [`attendance ${JSON.stringify(attendance.over)}`] : []),
      ...(figure ? [JSON.stringify(figure.of)] : []),
    ]),
  );

const partsIn = (ground: readonly Condition[]): Condition[] => ground.flatMap((when) => [...conditionsIn(when)]);
