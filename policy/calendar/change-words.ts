import { type CalendarChange, seen } from './calendar-change.ts';
import { coversWords, datesWords, kindNames, type Period, wasWords } from './period.ts';

/** closure “Heating failed” on 3 Jun 2027 for Year 9 */
const words = (period: Period): string => {
  const who = coversWords(period);
  return `${kindNames[period.kind]} “${period.label}” ${datesWords(period)}${who ? ` for ${who}` : ''}`;
};

const most = 3;

/** What a change does, in a sentence for the record of a case: "new: closure “Heating failed” from 1 Jun 2027 to 3 Jun 2027". */
export function changeWords(before: readonly Period[], change: CalendarChange): string {
  const { fresh, gone, moved } = seen(before, change);
  const said = [
    ...fresh.map((period) => `new: ${words(period)}`),
    ...gone.map((period) => `no longer: ${words(period)}`),
    ...moved.map(({ was, is }) => `changed: ${words(is)}, which was ${wasWords(was, is)}`),
  ];
  const rest = said.length - most;
  return `${said.slice(0, most).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}
