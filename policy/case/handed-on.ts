import type { TaskKind } from '../pack/step.ts';
import type { Role } from '../people/roles.ts';
import type { Action, Proposal } from './proposal.ts';

/** Proposals of one kind that stay with the one they are put before: what is asked and, where that matters, of whom about which task. */
export type Staying = { what: readonly Action['what'][]; role?: Role; task?: TaskKind };

/**
 * What a person who is away does not hand on to whom they named. The inbox asks the database by the same list.
 *
 * Whether a letter goes that has lost its ground: that is for those who lead on attendance, like holding or closing a case.
 *
 * A headteacher's say on a penalty notice: in law it is theirs and that of a deputy whom they authorised (Education Act 1996
 * s444B). A policy that has such a deputy names them as the one who stands in, and that one decides in their own name.
 */
export const stays: readonly Staying[] = [
  { what: ['letter in question'] },
  { what: ['permission', 'task'], role: 'headteacher', task: 'penalty notice request' },
];

export const isNotHandedOn = ({ action, role }: Pick<Proposal, 'action' | 'role'>): boolean =>
  stays.some(
    (one) =>
      one.what.includes(action.what) &&
      (one.role === undefined || one.role === role) &&
      (one.task === undefined || ('task' in action && one.task === action.task)),
  );
