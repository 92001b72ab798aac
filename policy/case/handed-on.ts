import type { Proposal } from './proposal.ts';

/**
 * True of what a person who is away does not hand on to whom they named.
 *
 * A headteacher's say on a penalty notice: in law it is theirs and that of a deputy whom they authorised (Education Act 1996
 * s444B). A policy that has such a deputy names them as the one who stands in, and that one decides in their own name.
 *
 * Whether a letter goes that has lost its ground: that is for those who lead on attendance, like holding or closing a case.
 */
export const isNotHandedOn = ({ action, role }: Pick<Proposal, 'action' | 'role'>): boolean =>
  action.what === 'letter in question' ||
  (role === 'headteacher' && 'task' in action && action.task === 'penalty notice request');
