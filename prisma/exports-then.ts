import type { Day } from '../policy/calendar/day.ts';
import { schoolYearStart } from '../policy/calendar/school-calendar.ts';
import { headline } from '../policy/case/headline.ts';
import type { CaseLetter } from '../policy/case/state.ts';
import { statesThen } from './case-then.ts';
import type { Db } from './client.ts';
import { dayOf } from './day-column.ts';
import type { Exported } from './exported-row.ts';
import { countsBetween } from './figures.ts';

/** What is due next is no part of a case's record: those columns are empty. Sessions are those of the school year up to the day. */
export async function* casesThen(
  db: Db,
  { schoolId, knownOn, knownAt }: { schoolId: string; knownOn: Day; knownAt: Date | undefined },
): AsyncGenerator<Exported> {
  const counts = await countsBetween(db, { schoolId, from: schoolYearStart(knownOn), to: knownOn }, knownAt);
  const counted = new Map(counts.map((one) => [one.pupilId, one]));
  for await (const { pupil, state, closedOn } of statesThen(db, schoolId, knownOn)) {
    const { attended = null, possible = null } = counted.get(pupil.id) ?? {};
    yield {
      ...{ admission_no: pupil.admissionNo, name: pupil.chosenName, class: pupil.className },
      ...{ status: state.status, stage: state.stage, headline: headline(state) },
      ...{ opened_on: state.openedOn, closed_on: closedOn, next_on: null, next: null },
      ...{ sessions_attended: attended, sessions_possible: possible },
    };
  }
}

/** Where each letter was by then. Why is no part of a case's record: that column is empty. */
export async function* lettersThen(db: Db, { schoolId, knownOn }: { schoolId: string; knownOn: Day }): AsyncGenerator<Exported> {
  for await (const { state, pupil } of statesThen(db, schoolId, knownOn)) {
    const ids = Object.keys(state.letters);
    if (ids.length === 0) continue;
    const kept = await db.letter.findMany({ where: { id: { in: ids } }, orderBy: [{ approvedOn: 'asc' }, { id: 'asc' }] });
    for (const { id, fields, template, channel, approvedOn } of kept) {
      const { ref, recipient } = fields as { ref: string; recipient: { name: string } };
      const { outcome, on } = state.letters[id] as CaseLetter;
      yield {
        ...{ reference: ref, admission_no: pupil.admissionNo, name: pupil.chosenName, letter: template, to: recipient.name },
        ...{ channel, status: outcome, why: null, approved_on: dayOf(approvedOn), sent_on: outcome === 'sent' ? on : null },
      };
    }
  }
}
