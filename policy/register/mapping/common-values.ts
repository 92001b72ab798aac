import type { ImportKind } from '../csv-forms.ts';
import { fold } from './fold.ts';
import { isYesNoField } from './form.ts';

const yesNo = new Map([
  ...['yes', 'y', 'true', 't', '1'].map((word) => [word, 'yes'] as const),
  ...['no', 'n', 'false', 'f', '0'].map((word) => [word, 'no'] as const),
]);

/** Yes or no, as systems and spreadsheets write it: "Y", "TRUE", "f", "0". */
export const yesOrNo = (text: string): string | undefined => yesNo.get(fold(text));

const sessions = new Map(Object.entries({ am: 'AM', pm: 'PM', morning: 'AM', afternoon: 'PM' }));

/** "Year 7", "Yr 7", "Y7", "07" and "Reception", as systems write a year group; anything else is left as it is. */
function yearGroup(text: string): string {
  const name = fold(text);
  if (/^(reception|yearr|yrr|r|foundation)$/.test(name)) return 'R';
  if (/^(nursery.*|n[12]?)$/.test(name)) return 'N';
  return /^(?:year|yr|y)?0?(\d{1,2})$/.exec(name)?.[1] ?? text;
}

/** "15 min", as systems write minutes beside a late mark. */
const minutes = (text: string): string => /^(\d+) ?(?:m|mins?|minutes?)$/i.exec(text)?.[1] ?? text;

/** How schools' systems write what our form has few words for. Null where a field is free text. */
export function commonValues(kind: ImportKind, field: string): ((text: string) => string) | null {
  if (isYesNoField(kind, field)) return (text) => yesOrNo(text) ?? text;
  if (field === 'session') return (text) => sessions.get(fold(text)) ?? text;
  if (field === 'year_group') return yearGroup;
  if (field === 'minutes_late') return minutes;
  return null;
}
