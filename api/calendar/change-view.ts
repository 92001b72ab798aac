import { randomUUID } from 'node:crypto';
import { changed, seen } from '../../policy/calendar/calendar-change.ts';
import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { coversWords, daysWords, kindTitles, type Period, wasWords } from '../../policy/calendar/period.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import { changeIn, changeOf, periodsOf } from '../../prisma/calendar.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { instant } from '../letters/words.ts';
import type { View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { type Asking, changeFacts } from './facts.ts';

/** What a change would do, with the button that makes it; or what it did. */
export async function changeView(ctx: Asking, id: string): Promise<View> {
  const facts = await changeFacts(ctx, id);
  const { made, schoolDays, version } = facts;
  const called = await toldApart(
    ctx.deps.db,
    facts.moves.map(({ pupil }) => pupil.id),
  );
  return {
    template: 'calendar/change.njk',
    model: {
      ...{ id, version, decisionKey: randomUUID(), fileName: facts.fileName, reason: facts.reason, warnings: facts.warnings },
      made: made && {
        ...{ at: instant(new Date(made.at)), by: made.by ? personWords(made.by) : 'The command line' },
        told:
          made.told === 0
            ? 'No open case waited for anything'
            : `${counted(made.told, 'open case or referral', 'open cases and referrals')} heard of it`,
      },
      rows: await changeRows(ctx, id),
      days: [
        ['School days gained', listed(schoolDays.gained)],
        ['School days lost', listed(schoolDays.lost)],
      ],
      moves: facts.moves.map(({ caseId, pupil, says }) => ({
        ...{ href: `/cases/${caseId}`, name: called(pupil), className: pupil.className, says },
      })),
      understood: facts.rows,
    },
  };
}

const listed = (days: readonly Day[]): string =>
  days.length === 0 ? 'None' : days.length > 10 ? `${days.length}: ${daysWords(days)}` : days.map(shortDay).join(', ');

/** New, otherwise or gone, a row each. */
async function changeRows({ deps, user }: Asking, id: string) {
  const { id: schoolId } = await schoolOf(deps.db, user);
  const row = await changeOf(deps.db, schoolId, id);
  if (!row) return [];
  const change = changeIn(row);
  const now = await periodsOf(deps.db, schoolId);
  const before = row.madeAt ? changed(now, { added: change.removed, removed: change.added }) : now;
  const { fresh, gone, moved } = seen(before, change);
  return [
    ...fresh.map((is) => said('New', is)),
    ...moved.map(({ was, is }) => ({ ...said('Changed', is), was: wasWords(was, is) })),
    ...gone.map((was) => said('Taken out', was)),
  ];
}

const said = (how: string, period: Period) => ({
  ...{
    how,
    kind: kindTitles[period.kind],
    name: period.label,
    dates: dates(period),
    who: capital(coversWords(period) ?? 'Whole school'),
  },
  was: null as string | null,
});

const dates = ({ from, to }: Period): string => (from === to ? shortDay(from) : `${shortDay(from)} to ${shortDay(to)}`);
