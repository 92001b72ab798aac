import type { Circumstances } from '../../policy/case/circumstances.ts';
import { deadlineOf } from '../../policy/case/deadline.ts';
import { decide } from '../../policy/case/decide.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { evolve } from '../../policy/case/evolve.ts';
import { headline } from '../../policy/case/headline.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Tx } from '../../prisma/client.ts';
import { dayOf } from '../../prisma/day-column.ts';
import type { AttendanceCase, School } from '../../prisma/generated/client.ts';
import { packOf } from '../../prisma/packs.ts';
import { keepCase } from './keep-case.ts';
import type { Matter, Rules } from './matter.ts';
import { idsOf, pupilCircumstances } from './pupil-circumstances.ts';

/** A pupil's case, as the rules need it for one input. */
export async function loadCase(tx: Tx, caseId: string, now: number): Promise<Matter<CaseState, CaseEvent>> {
  const row = await tx.attendanceCase.findUniqueOrThrow({ where: { id: caseId } });
  const pupil = await pupilCircumstances(tx, row.pupilId, now);
  const pack = await packOf(tx, row.packId, row.packVersion);
  const circumstances: Circumstances = { ...pupil, pack, words: null, waitedFor: waitedFor(row), idOf: idsOf(caseId) };
  const { school } = pupil.pupil;
  return {
    ...caseRules(row.events === 0 ? null : (row.state as CaseState), circumstances, school),
    keep: (within, kept) => keepCase(within, { row, school, pupil: pupil.pupil, circumstances, now }, kept),
  };
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
