import type { Circumstances } from '../../policy/case/circumstances.ts';
import { deadlineOf } from '../../policy/case/deadline.ts';
import { decide } from '../../policy/case/decide.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { evolve } from '../../policy/case/evolve.ts';
import { headline } from '../../policy/case/headline.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import { earlierLetters } from '../../policy/case/letters-had.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { caseRow, earlierCasesOf, hasLaterCase } from '../../prisma/cases.ts';
import type { Tx } from '../../prisma/client.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import type { AttendanceCase, School } from '../../prisma/generated/client.ts';
import { packInForce, packOf } from '../../prisma/packs.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { MatterInput } from '../../workflows/messages.ts';
import { keepCase } from './keep-case.ts';
import type { Matter, Rules } from './matter.ts';
import { idsOf, pupilCircumstances } from './pupil-circumstances.ts';
import { heardAt } from './waiting.ts';

/** A pupil's case, as the rules need it for one input: under the version it began with, or the one that it is moved to. */
export async function loadCase(
  tx: Tx,
  caseId: string,
  clock: number,
  input?: MatterInput,
): Promise<Matter<CaseState, CaseEvent>> {
  const now = heardAt(input, clock);
  const row = await caseRow(tx, caseId);
  const under = await policyFor(tx, row, now, input);
  const pupil = await pupilCircumstances(tx, row.pupilId, now, under.pack);
  const { school } = pupil.pupil;
  const plain = { ...pupil, ...under, words: null, waitedFor: waitedFor(row), idOf: idsOf(caseId) };
  const earlier = await earlierCasesOf(tx, [row.pupilId], { on: pupil.on, before: dayOf(row.openedOn), but: caseId });
  const circumstances: Circumstances = {
    ...plain,
    earlierLetters: earlierLetters(earlier.get(row.pupilId) ?? [], plain),
    ...(opensAgain(input) && { laterCase: await hasLaterCase(tx, row), closedOn: dayOrNull(row.closedOn) ?? undefined }),
  };
  const state = row.events === 0 ? null : (row.state as CaseState);
  const rules = caseRules(state, circumstances, school);
  return {
    ...rules,
    // Until it is moved, the version that it leaves says when it is looked at: the other may not have its stage.
    deadline: (after) =>
      under.moving && after === state
        ? deadlineOf(after, { ...circumstances, pack: under.moving.before })
        : rules.deadline(after),
    keep: (within, kept) => keepCase(within, { row, school, pupil: pupil.pupil, circumstances, now }, kept),
  };
}

const opensAgain = (input: MatterInput | undefined): boolean => input?.kind === 'reopen' || input?.kind === 'on the roll again';

async function policyFor(
  tx: Tx,
  { packId: id, packVersion: version, schoolId }: AttendanceCase,
  now: number,
  input: MatterInput | undefined,
): Promise<Pick<Circumstances, 'pack' | 'moving'>> {
  const pack = await packOf(tx, id, version);
  if (input?.kind !== 'move policy') return { pack };
  const school = await tx.school.findUniqueOrThrow({ where: { id: schoolId } });
  const inForce = await packInForce(tx, school.packId, todayAt(school, now));
  if (!inForce) return { pack };
  const to = { id: school.packId, version: inForce.version };
  return { pack: inForce.pack, moving: { from: { id, version }, to, before: pack } };
}

const waitedFor = ({ nextOn, nextWhy }: AttendanceCase): Circumstances['waitedFor'] =>
  nextOn && nextWhy !== null ? { on: dayOf(nextOn), why: nextWhy } : null;

/** What the rules of cases say of one, in these circumstances. */
export const caseRules = (
  state: CaseState | null,
  circumstances: Circumstances,
  { training }: Pick<School, 'training'>,
): Rules<CaseState, CaseEvent> => ({
  state,
  on: circumstances.on,
  stepped: training,
  decide: (input, words) => decide(state, input as CaseInput, { ...circumstances, words }),
  evolve: (before, event) => evolve(before, event, circumstances.on),
  deadline: (after) => deadlineOf(after, circumstances),
  stage: ({ stage }) => stage,
  closed: ({ status }) => status === 'closed',
  headline,
});
