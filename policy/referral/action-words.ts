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
  'unpaid notice': 'Unpaid penalty notice: prosecute or withdraw',
  'record proceedings': 'Record what came of the proceedings',
};

/** What a proposal of the authority's side asks for, in a few words. */
export const referralAsks = ({ what }: Pick<ReferralAction, 'what'>): string => asks[what];
