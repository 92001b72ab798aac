import { counted } from '../../policy/counted.ts';
import type { Placed } from '../../policy/lint/lint-text.ts';

/** What the linter found, as a terminal shows it. */
export function foundText(found: readonly Placed[]): string {
  if (found.length === 0) return 'Nothing found.';
  const lines = found.map(
    ({ fileName, line, column, severity, rule, clause, why, cure }) =>
      `${fileName}:${line}:${column} ${severity} ${rule}${clause === '' ? '' : ` (${clause})`}\n  ${why}.\n  ${cure}.`,
  );
  const of = (severity: Placed['severity']) => found.filter((one) => one.severity === severity).length;
  return [
    ...lines,
    `${counted(of('error'), 'error')}, ${counted(of('warning'), 'warning')}, ${counted(of('note'), 'note')}.`,
  ].join('\n');
}
