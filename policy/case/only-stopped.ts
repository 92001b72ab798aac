import type { TemplateId } from '../letters/templates.ts';
import type { CaseState } from './state.ts';

/** Letters that tell a family what the school does next: it monitors, rings, or meets them. */
export const tellsOfNext: readonly string[] = ['letter-2', 'letter-3', 'meeting-invitation'] satisfies TemplateId[];

/** True of a held letter that cannot go any more, because its case is closed. */
export const canOnlyBeStopped = (template: string, status: CaseState['status'] | (string & {})): boolean =>
  status === 'closed' && tellsOfNext.includes(template);

/** Why not, as a person reads it. */
export const onlyStopped = 'The case is closed, and nobody does what the letter tells of: it can only be stopped';
