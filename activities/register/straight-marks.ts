import type { PoolClient } from 'pg';
import type { Day } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import {
  attendedClasses,
  type CodeClass,
  classOf,
  isMissing,
  lateCodes,
  penaltyNoticeCodes,
  possibleClasses,
} from '../../policy/register/codes.ts';
import type { MarkRow } from '../../policy/register/csv-forms.ts';
import type { SchoolDays } from '../../policy/register/mark-day.ts';
import type { Tx } from '../../prisma/client.ts';
import { copyInto } from '../../prisma/copy.ts';
import { ask, askOn } from '../../prisma/pg-client.ts';
import { marksChecker } from './check-marks.ts';
import { inCopy, mostInBatch } from './copy-rows.ts';
import { remindOfLateRegister } from './first-contacts.ts';
import { followChange } from './follow-change.ts';
import type { ImportOrder } from './import-result.ts';
import { NotStraight, type Straight } from './importer.ts';
import type { KnownPupil } from './known-pupils.ts';
import { looksWrong } from './look-at-mark.ts';
import { instantOf, makingYears } from './merge-marks.ts';
import { UnreadableFile } from './raw-row.ts';
import { addToTotals, type Difference } from './recount.ts';
import { toldEvery } from './stage-rows.ts';

type Known = { pupils: ReadonlyMap<string, KnownPupil>; days: SchoolDays; client: PoolClient };

/** What reading comes to: how many rows, what they add to the totals, and the sessions that they leave unmarked. */
type Read = { rows: number; added: number; totals: Map<string, Difference>; unmarked: [string, MarkRow][] };

/** So many unmarked sessions are looked up at the end. */
const mostUnmarked = 10_000;

/**
 * Copies marks into the register as they are read, and adds them to the totals, if every row is right and new there. The
 * register's own key sees to it that no session is believed twice; nobody sees any of it before the transaction ends.
 * @throws NotStraight at the first row that is wrong, contradicts another or was known already
 */
export const straightMarks =
  (known: Known): Straight =>
  async (merging) => {
    const { tx, deps, order, importId } = merging;
    const read: Read = { rows: 0, added: 0, totals: new Map(), unmarked: [] };
    const now = deps.now?.() ?? Date.now();
    const end = `\t${instantOf(order.on, now).toISOString()}\t${importId}\n`;
    await askOn(known.client, makingYears(yearsOf(known.days)));
    await copyInto(
      tx,
      'mark (pupil_id, day, session, code, minutes_late, reason, known_from, import_id)',
      lines(order, known, read, end),
    ).catch(orNotStraight);
    if (await someAreMarked(tx, read.unmarked)) throw new NotStraight();
    const cases = await followChange(merging, await addToTotals(tx, [...read.totals.values()], order.on), new Set());
    if (read.added > 0) await remindOfLateRegister(tx, order, now);
    return { rows: read.rows, good: read.rows, added: read.added, changed: 0, ...cases };
  };

/** The school years in which a mark may be. */
const yearsOf = ({ open, today }: SchoolDays): Set<Day> => new Set([...open].filter((day) => day <= today).map(schoolYearStart));

async function* lines(order: ImportOrder, { pupils, days }: Known, read: Read, end: string): AsyncGenerator<Buffer> {
  const check = marksChecker();
  let batch = '';
  for await (const raw of order.rows) {
    if (++read.rows % toldEvery === 0) await order.onProgress?.({ rows: read.rows });
    const mark = check(raw).read;
    const pupil = mark === null ? undefined : pupils.get(mark.admission_no);
    if (mark === null || !pupil || looksWrong(mark, pupil, days).length > 0) throw new NotStraight();
    if (isMissing(mark.code)) {
      if (read.unmarked.push([pupil.id, mark]) > mostUnmarked) throw new NotStraight();
      continue;
    }
    addMark(read, pupil.id, mark);
    batch += `${pupil.id}\t${mark.date}\t${mark.session}\t${inCopy(mark.code)}\t${inCopy(mark.minutes_late || null)}\t${inCopy(mark.reason)}${end}`;
    if (batch.length < mostInBatch) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}

/** A mark outside a pupil's days at the school is of no class that counts: looksWrong sees to that. */
function addMark(read: Read, pupilId: string, { date, code }: MarkRow): void {
  const key = `${pupilId}${schoolYearStart(date)}`;
  const total = read.totals.get(key) ?? {
    pupilId,
    firstDay: date,
    possible: 0,
    attended: 0,
    authorised: 0,
    unauthorised: 0,
    lates: 0,
    towardsNotice: 0,
  };
  read.totals.set(key, total);
  const of = classOf(code);
  read.added++;
  if (isOf(possibleClasses, of)) total.possible++;
  if (isOf(attendedClasses, of)) total.attended++;
  if (of === 'authorised') total.authorised++;
  if (of === 'unauthorised') total.unauthorised++;
  if (lateCodes.has(code)) total.lates++;
  if (penaltyNoticeCodes.has(code)) total.towardsNotice++;
}

const isOf = (classes: readonly CodeClass[], of: CodeClass | null): boolean => of !== null && classes.includes(of);

/** Unmarked sessions say nothing new, unless the register has a mark of one. */
async function someAreMarked(tx: Tx, unmarked: Read['unmarked']): Promise<boolean> {
  if (unmarked.length === 0) return false;
  const [found] = await ask(tx)<{ marked: boolean }>`
    SELECT EXISTS (
      SELECT FROM unnest(${unmarked.map(([id]) => id)}::uuid[], ${unmarked.map(([, { date }]) => date)}::date[],
        ${unmarked.map(([, { session }]) => session)}::text[]) AS u (pupil_id, day, session)
      JOIN mark AS m USING (pupil_id, day, session) WHERE m.known_until IS NULL
    ) AS marked`;
  return found?.marked ?? false;
}

/** Of a session something is said already (unique_violation), or its school year is none of the calendar's (check_violation). */
const notSo = new Set<unknown>(['23505', '23514']);

function orNotStraight(error: unknown): never {
  throw error instanceof UnreadableFile || notSo.has((error as { code?: unknown }).code) ? new NotStraight() : error;
}
