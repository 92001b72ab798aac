import { longDay } from '../../policy/calendar/day.ts';
import { dayOf } from '../../prisma/day-column.ts';
import type { KeptVersion } from '../../prisma/packs.ts';
import { instant } from '../letters/words.ts';

/** "in force from 1 September 2026"; where several versions are, which of them by when it was kept. */
export function versionInWords(versions: readonly KeptVersion[], version: string): string {
  const meant = versions.find((one) => one.version === version);
  if (!meant) return `of the number ${version}`;
  const from = dayOf(meant.inForceFrom);
  const alike = versions.filter(({ inForceFrom }) => dayOf(inForceFrom) === from);
  const until = meant.inForceTo ? ` to ${longDay(dayOf(meant.inForceTo))}` : '';
  return `in force from ${longDay(from)}${until}${alike.length > 1 ? `, kept on ${instant(meant.keptAt)}` : ''}`;
}
