import type { Proposal } from './proposal.ts';

/**
 * True of what a person who is away cannot hand on to whom they name: a headteacher's say on a penalty notice. In law it is theirs
 * and that of a deputy whom they authorised (Education Act 1996 s444B). A policy that has such a deputy names them as the one who
 * stands in, and that one decides in their own name.
 */
export const isNotHandedOn = ({ action, role }: Pick<Proposal, 'action' | 'role'>): boolean =>
  role === 'headteacher' && 'task' in action && action.task === 'penalty notice request';
