import type { z } from 'zod';
import type { Period } from '../../policy/calendar/period.ts';
import { CalendarEnds, calendarFor, schoolCalendar } from '../../policy/calendar/school-calendar.ts';
import { movesIn } from '../../policy/case/replan.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { counted } from '../../policy/counted.ts';
import { type OpenCase, openCasesAt, waitingLetters } from '../../prisma/calendar.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { packOf } from '../../prisma/packs.ts';
import type { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { moveWords } from '../cases/moves.ts';
import { namedApart } from '../inbox/named-apart.ts';
import { namedSpan } from '../letters/words.ts';
import type { Ctx } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';
import type { Change } from './shapes.ts';

/** What would move in the open cases of a school if its calendar had these periods; and what the new calendar is too short for. */
export async function movesBy(
  { deps, at }: Pick<Ctx, 'deps' | 'at'>,
  school: Awaited<ReturnType<typeof schoolOf>>,
  periods: readonly Period[],
) {
  const calendar = schoolCalendar(periods);
  const on = todayAt(school, at);
  const moves: z.infer<typeof Change>['moves'] = [];
  let endless = 0;
  for (const row of await openCasesAt(deps.db, school.id)) {
    const pack = await packOf(deps.db, row.packId, row.packVersion);
    const c = { pack, on, calendar: calendarFor(calendar, row.pupil), waitedFor: waitedFor(row), ...nothingElse(on) };
    const says = saying(row.state as unknown as CaseState, c);
    if (says === null) endless++;
    else if (says.length > 0) moves.push({ caseId: row.id, pupil: pupilName(row.pupil), says });
  }
  const named = (await waitingLetters(deps.db, school.id)).filter(({ fields }) => namesOther(fields, calendar.days)).length;
  return {
    moves,
    ends: [
      ...(endless > 0
        ? [
            `${counted(endless, 'open case counts', 'open cases count')} school days beyond the last term: put in the next terms first`,
          ]
        : []),
      ...(named > 0
        ? [
            `${counted(named, 'letter that has', 'letters that have')} not gone yet ${named === 1 ? 'names' : 'name'} a day that would be closed: recall and approve anew`,
          ]
        : []),
    ],
  };
}

const waitedFor = ({ nextOn, nextWhy }: OpenCase) => (nextOn && nextWhy !== null ? { on: dayOf(nextOn), why: nextWhy } : null);

/** What moving dates does not look at. */
const nothingElse = (on: string) => ({
  ...{
    marks: [],
    onRollFrom: on,
    onRollTo: null,
    flags: [],
    recipients: [],
    colleagues: [],
    words: null,
    idOf: (name: string) => name,
  },
});

/** Null if the calendar ends too soon to tell. */
function saying(state: CaseState, c: Parameters<typeof movesIn>[1]): string[] | null {
  const named = namedApart(Object.values(state.proposals), c.pack);
  try {
    return movesIn(state, c).map((move) => moveWords(move, (key) => named.get(key) ?? 'a proposal'));
  } catch (error) {
    if (error instanceof CalendarEnds) return null;
    throw error;
  }
}

/** True if a letter names a first or last day of monitoring on which there would be no school. */
function namesOther(fields: unknown, days: readonly string[]): boolean {
  const span = namedSpan(fields);
  return span !== undefined && !(days.includes(span.from) && days.includes(span.until));
}
