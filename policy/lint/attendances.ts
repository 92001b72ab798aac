import type { AsWritten } from '../pack/as-written.ts';
import { conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';

/** An attendance of each kind that a pack tells apart: on its lines, and beside each of them. */
export function attendancesTold(pack: AsWritten): number[] {
  const asked = conditionsOf(pack).flatMap(({ when }) => conditionsIn(when).flatMap(({ attendance }) => attendance ?? []));
  const lines = [...asked, ...Object.values(pack.bands ?? {})].flatMap(({ below, 'at most': most, 'at least': least, above }) =>
    [below, most, least, above].filter((one) => one !== undefined),
  );
  const beside = lines.flatMap((line) => [line - 1, line, line + 1]).filter((one) => one >= 0 && one <= 10_000);
  return [...new Set([10_000, ...beside])].sort((a, b) => a - b);
}
