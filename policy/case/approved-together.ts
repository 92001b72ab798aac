import type { TemplateId } from '../letters/templates.ts';
import type { Proposal } from './proposal.ts';

/** Letters that tell of a legal step, or name something that is chosen for each family. */
const byThemselves: Partial<Record<TemplateId, string>> = {
  'referral-notice': 'It tells of a legal step',
  'notice-to-improve': 'It is a legal step',
  'meeting-invitation': 'Its day and time are chosen for each family',
};

/**
 * Why a proposal is not approved together with others of its kind, but by itself; null if it may be. Only letters are: what the
 * headteacher has to authorise and every legal step is looked at alone.
 */
export function byItself({ action, role }: Pick<Proposal, 'action' | 'role'>): string | null {
  if (action.what !== 'letter') return 'Only letters are approved together';
  if (role === 'headteacher') return 'It needs the headteacher’s own word';
  if (action.corrects || action.owed) return 'It puts right what went wrong with another letter';
  return byThemselves[action.template] ?? null;
}

/** What those that are approved together have in common: the letter, and the stage of the policy that sends it. */
export const kindOf = ({ action, stage }: Pick<Proposal, 'action' | 'stage'>): string =>
  [action.what, 'template' in action ? action.template : '', stage].join(' ');
