import type { ReferralAction } from './proposal.ts';

const asks: Record<ReferralAction['what'], string> = {
  'accept referral': 'Accept the referral, or return it',
  'decide tool': 'Decide what is done next',
  'agree contract': 'Agree an attendance contract',
  'review contract': 'Review the attendance contract',
  'issue notice to improve': 'Issue the notice to improve',
  'judge notice to improve': 'Judge the notice to improve',
  'authorise penalty notice': 'Authorise a penalty notice',
  'issue penalty notice': 'Issue the penalty notice',
  'posted or not': 'Do not post the penalty notice; or was it posted?',
  'unpaid notice': 'Unpaid penalty notice: prosecute or withdraw',
  'record proceedings': 'Record what came of the proceedings',
};

/** What is asked about one parent's notice. */
const asksOf: Partial<Record<ReferralAction['what'], (parent: string) => string>> = {
  'authorise penalty notice': (parent) => `Authorise a penalty notice to ${parent}`,
  'issue penalty notice': (parent) => `Issue the penalty notice to ${parent}`,
  'posted or not': (parent) => `Do not post the penalty notice to ${parent}; or was it posted?`,
  'unpaid notice': (parent) => `Unpaid penalty notice to ${parent}: prosecute or withdraw`,
};

/** What a proposal of the authority's side asks for, in a few words; where it is about one parent and the name is known, of whom. */
export function referralAsks({ what, against }: Asked, parent: string | null = null): string {
  if (against) return `Penalty notice${parent === null ? '' : ` to ${parent}`} that should not have been issued: withdraw it`;
  return (parent === null ? undefined : asksOf[what]?.(parent)) ?? asks[what];
}

type Asked = Pick<ReferralAction, 'what'> & { against?: true };

/** Whom this is about, by contact id, if it is about one parent. */
export const parentAsked = (action: object): string | null =>
  'contactId' in action && typeof action.contactId === 'string' ? action.contactId : null;
