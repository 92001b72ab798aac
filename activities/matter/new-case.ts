import { decide } from '../../policy/case/decide.ts';
import type { EarlierCase } from '../../policy/case/earlier-case.ts';
import { headline } from '../../policy/case/headline.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import type { LastCase } from '../../policy/case/last-case.ts';
import { earlierLetters } from '../../policy/case/letters-had.ts';
import { earlierCasesOf, lastCasesOf } from '../../prisma/cases.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import type { KeptPack } from '../../prisma/packs.ts';
import { inserted, writeRows } from '../../prisma/write-rows.ts';
import { followed } from './advance.ts';
import { caseRules } from './attendance-case.ts';
import { proposalRow } from './keep-proposals.ts';
import { leaveToOutbox } from './leave-to-outbox.ts';
import { circumstancesOf, idsOf, type PupilCircumstances } from './pupil-circumstances.ts';
import { remindStaff } from './remind-staff.ts';
import { standingColumns } from './standing-columns.ts';

/** A pupil who may get a case, with what their earlier ones leave to it. */
export type Newcomer = PupilCircumstances & { lastCase: LastCase | undefined; earlierCases: readonly EarlierCase[] };

/** These pupils, as a case that is opened for one of them finds them. `now` is in epoch ms. */
export async function newcomers(tx: Tx, pupilIds: readonly string[], now: number, { pack }: KeptPack): Promise<Newcomer[]> {
  const pupils = await circumstancesOf(tx, pupilIds, now, pack);
  const last = await lastCasesOf(tx, pupilIds);
  const on = pupils[0]?.on;
  const earlier = on === undefined ? new Map() : await earlierCasesOf(tx, [...last.keys()], { on, before: on });
  return pupils.map((found) => {
    const { id } = found.pupil;
    return { ...found, lastCase: last.get(id), earlierCases: earlier.get(id) ?? [] };
  });
}

/** What the rules look at where a case of this id is opened. */
export function openingCircumstances(found: Newcomer, { pack }: KeptPack, id: string, words: string | null = null) {
  const plain = { ...found, pack, words, idOf: idsOf(id) };
  return { ...plain, earlierLetters: earlierLetters(found.earlierCases, plain) };
}

type First = Extract<CaseInput, { kind: 'opened' | 'concern' }>;

export type NewCase = ReturnType<typeof newCase>;

/**
 * A case as it stands once it was told that it is open, by what and by whom. Nothing is written yet.
 * @throws Refusal as the rules refuse it
 */
export function newCase(
  { pack, version }: KeptPack,
  { id, input }: { id: string; input: First },
  circumstances: ReturnType<typeof openingCircumstances>,
) {
  const { pupil, now, on } = circumstances;
  const rules = caseRules(null, circumstances, pupil.school);
  const events = decide(null, input, circumstances);
  const { rows, head, state, deadline, outcome } = followed(rules, { kind: 'case', matterId: id, input }, events, now);
  const { schoolId, className } = pupil;
  const of = { matterId: id, matterKind: 'case', schoolId, authorityId: null, pupilId: pupil.id, className } as const;
  const where = { id, schoolId, pupilId: pupil.id, packId: pack.pack, packVersion: version, openedOn: columnOf(on) };
  return {
    ...{ of, on, events },
    row: { ...where, state, ...standingColumns(state, headline(state), { events, head, deadline }, on) },
    ledger: rows,
    proposals: Object.values(state.proposals).map((proposal) => proposalRow(of, proposal)),
    taken: { matterId: id, key: input.key, outcome },
    word: { schoolId, matterId: id, matterKind: 'case', kind: 'start', input },
  };
}

/** Writes all that is new of these cases, the word to the engine with it, and has those reminded whom they ask. */
export async function keepNew(tx: Tx, cases: readonly NewCase[]): Promise<void> {
  await writeRows(tx, [
    inserted(
      'attendance_case',
      cases.map(({ row }) => row),
    ),
    inserted(
      'ledger_event',
      cases.flatMap(({ ledger }) => ledger),
    ),
    inserted(
      'proposal',
      cases.flatMap(({ proposals }) => proposals),
    ),
    inserted(
      'matter_input',
      cases.map(({ taken }) => taken),
    ),
    inserted(
      'outbox',
      cases.map(({ word }) => word),
    ),
  ]);
  for (const { of, on, events } of cases) await leaveToOutbox(tx, of.schoolId, await remindStaff(tx, of, events, on));
}
