import type { Day } from '../../policy/calendar/day.ts';
import { decide } from '../../policy/case/decide.ts';
import type { EarlierCase } from '../../policy/case/earlier-case.ts';
import { headline } from '../../policy/case/headline.ts';
import type { LastCase } from '../../policy/case/last-case.ts';
import { earlierLetters } from '../../policy/case/letters-had.ts';
import { besideStage, openingStage } from '../../policy/case/opening.ts';
import { earlierCasesOf, lastCasesOf } from '../../prisma/cases.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { insertRows } from '../../prisma/insert-rows.ts';
import { type KeptPack, packAt } from '../../prisma/packs.ts';
import { ask } from '../../prisma/pg-client.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { followed } from './advance.ts';
import { caseRules } from './attendance-case.ts';
import { proposalRow } from './keep-proposals.ts';
import { leaveToOutbox } from './leave-to-outbox.ts';
import { circumstancesOf, idsOf, type PupilCircumstances } from './pupil-circumstances.ts';
import { remindStaff } from './remind-staff.ts';
import { standingColumns } from './standing-columns.ts';
import { takeUpCases } from './take-up-cases.ts';

export type Opening = {
  schoolId: string;
  pupilIds: readonly string[];
  /** Those of them for whom only what stands beside the ladder may open a case. */
  besideOnly?: readonly string[];
  /** The school's date. */
  on: Day;
  importKey: string;
};

/** How many pupils are looked at together: what their rows hold is in memory meanwhile. */
const together = 200;

/**
 * Opens a case for each of these pupils whom the school's policy, as it is in force today, calls for and who has none open: ledger, proposal
 * and the word to the engine, all in the caller's transaction. So the inbox is right as soon as the import is in. Who had left and is
 * back has the old one taken up.
 * @returns the ids of the cases opened.
 */
export async function openCases(
  tx: Tx,
  now: number,
  { schoolId, pupilIds, besideOnly = [], on, importKey }: Opening,
): Promise<string[]> {
  const inForce = await packAt(tx, schoolId, on);
  if (!inForce) return [];
  const open = await ask(tx)<{ pupilId: string }>`
    SELECT pupil_id AS "pupilId" FROM attendance_case WHERE pupil_id = ANY (${pupilIds}::uuid[]) AND status = 'open'`;
  const takenUp = await takeUpCases(tx, now, { schoolId, pupilIds, on, importKey });
  const haveOne = new Set([...open, ...takenUp].map(({ pupilId }) => pupilId));
  const without = pupilIds.filter((id) => !haveOne.has(id));
  const beside = new Set(besideOnly);
  const opened = takenUp.map(({ id }) => id);
  for (let from = 0; from < without.length; from += together) {
    const pupils = await circumstancesOf(tx, without.slice(from, from + together), now, inForce.pack);
    const last = await lastCasesOf(tx, without.slice(from, from + together));
    const earlier = await earlierCasesOf(tx, [...last.keys()], { on, before: on });
    const cases = pupils.flatMap((found) => {
      const { id } = found.pupil;
      const before = { lastCase: last.get(id), earlierCases: earlier.get(id) ?? [] };
      return newCase({ ...found, ...before }, inForce, importKey, beside.has(id)) ?? [];
    });
    await keep(tx, cases);
    for (const { of, events } of cases) await leaveToOutbox(tx, schoolId, await remindStaff(tx, of, events, on));
    opened.push(...cases.map(({ row }) => row.id));
  }
  return opened;
}

/** A case as it stands once it was told that it is open; null if the policy does not call for one. */
function newCase(
  found: PupilCircumstances & { lastCase: LastCase | undefined; earlierCases: readonly EarlierCase[] },
  { version, pack }: KeptPack,
  importKey: string,
  besideOnly: boolean,
) {
  const { pupil, now, on } = found;
  const id = stableId(`case:${pupil.id}:${importKey}`);
  const plain = { ...found, pack, words: null, idOf: idsOf(id) };
  const circumstances = { ...plain, earlierLetters: earlierLetters(found.earlierCases, plain) };
  if ((besideOnly ? besideStage(circumstances) : openingStage(circumstances)) === null) return null;
  const input = { key: 'opened', kind: 'opened', ...(besideOnly && { beside: true as const }) } as const;
  const rules = caseRules(null, circumstances, pupil.school);
  const events = decide(null, input, circumstances);
  const { rows, head, state, deadline, outcome } = followed(rules, { kind: 'case', matterId: id, input }, events, now);
  const { schoolId, className } = pupil;
  const of = { matterId: id, matterKind: 'case', schoolId, authorityId: null, pupilId: pupil.id, className } as const;
  const where = { id, schoolId, pupilId: pupil.id, packId: pack.pack, packVersion: version, openedOn: columnOf(on) };
  return {
    ...{ of, events },
    row: { ...where, state, ...standingColumns(state, headline(state), { events, head, deadline }, on) },
    ledger: rows,
    proposals: Object.values(state.proposals).map((proposal) => proposalRow(of, proposal)),
    taken: { matterId: id, key: input.key, outcome },
    word: { schoolId, matterId: id, matterKind: 'case', kind: 'start', input },
  };
}

/** Writes all that is new of these cases. */
const keep = (tx: Tx, cases: readonly NonNullable<ReturnType<typeof newCase>>[]): Promise<void> =>
  insertRows(tx, [
    ['attendance_case', cases.map(({ row }) => row)],
    ['ledger_event', cases.flatMap(({ ledger }) => ledger)],
    ['proposal', cases.flatMap(({ proposals }) => proposals)],
    ['matter_input', cases.map(({ taken }) => taken)],
    ['outbox', cases.map(({ word }) => word)],
  ]);
