import { type SupportKind, supportKinds } from '../case/decision.ts';

/** What an authority can do about attendance, by the field's own names (statutory guidance, ch 6). Words are for pages. */
export const tools = {
  'attendance contract': 'Attendance contract',
  'education supervision order': 'Education supervision order',
  'notice to improve': 'Notice to improve',
  'penalty notice': 'Penalty notice',
  'prosecution to consider': 'Prosecution to consider',
  'no action': 'No action: end the referral',
} as const;
export type Tool = keyof typeof tools;

/** What a referral can lack: the parts of the pack of evidence that authorities ask for. */
export const missingParts = {
  'pupil-details': 'Details of the pupil',
  'parent-details': 'Details of every parent, or why one is left out',
  'registration-certificate': 'Registration certificate for this year and the last',
  'qualifying-sessions': 'Dates and codes of the sessions relied on',
  'unresolved-marks': 'Marks whose reason is not yet known',
  'letters-sent': 'Letters sent, with dates and proof',
  'support-offered': 'Support offered, and what came of it',
  'meeting-record': 'Record of meetings and of attempts to meet',
  'leave-request': 'Leave request and its refusal',
  'virtual-school': 'The virtual school’s or social worker’s view',
  other: 'Something else',
} as const;
export type MissingPart = keyof typeof missingParts;

/** What became of a penalty notice that somebody else issued. The first four of them count in the three years. */
export const elsewhereOutcomes = {
  issued: 'Still to be paid, or it is not known',
  paid: 'Paid',
  unpaid: 'Not paid in time',
  prosecuted: 'Not paid, and prosecuted',
  acquitted: 'Prosecuted, and acquitted',
  withdrawn: 'Withdrawn',
} as const;

/** All that is missing, as one reads it out. */
export const missingWords = (parts: readonly MissingPart[]): string => parts.map((part) => missingParts[part]).join('; ');

/** What parents undertake in an attendance contract. Its exact wording is a text. */
export const requirements = {
  'attend-daily': 'The child attends every day the school is open',
  'arrive-on-time': 'The child arrives before the register closes',
  'report-absence': 'Each absence is reported on its first day',
  'attend-meetings': 'Parents come to meetings',
  'take-up-support': 'The family takes up the support named',
  other: 'Another requirement',
} as const;

/** All that parents undertake, as one reads it out. */
export const requirementWords = (of: readonly (keyof typeof requirements)[]): string =>
  of.map((one) => requirements[one]).join('; ');

/** All the support that a contract names, as one reads it out. */
export const supportWords = (of: readonly SupportKind[]): string => of.map((one) => supportKinds[one]).join('; ');

/** Whether support came first (statutory guidance, ch 6: the test before any penalty notice). */
export const supportFirst = {
  'not appropriate': 'Support is not appropriate here, for example leave taken in term time',
  'did not work': 'Sufficient support was given and did not work',
  'not engaged with': 'Sufficient support was offered and not engaged with',
} as const;
export type SupportFirst = keyof typeof supportFirst;

/** Why a penalty notice may come before a notice to improve has run its time. The parent is told of them in the notice. */
export const earlyGrounds = {
  'no-engagement': 'The parent does not engage with the support offered',
  'no-improvement': 'Unauthorised absence continues without a sign of improvement',
  'holiday-taken': 'Leave is taken without permission during the period',
} as const;
/** The same, as the notice says them to its reader. */
export const earlyGroundsAsTold: Record<keyof typeof earlyGrounds, string> = {
  'no-engagement': 'You do not take up the support that is offered.',
  'no-improvement': 'Absence without leave goes on without a sign of improvement.',
  'holiday-taken': 'Leave is taken without permission during the period.',
};

export type EarlyGround = keyof typeof earlyGrounds;

/** Grounds on which a penalty notice is withdrawn (Education (Penalty Notices) Regulations 2007, reg 8; local codes). */
export const withdrawalGrounds = {
  'should-not-have-issued': 'It should not have been issued',
  'wrong-person': 'It was issued to the wrong person',
  'material-error': 'It contains a material error',
  'outside-code': 'It was issued outside the local code of conduct',
  'not-prosecuting': 'It is unpaid and the authority will not prosecute',
} as const;
export type WithdrawalGround = keyof typeof withdrawalGrounds;

/** What came of proceedings outside these pages. */
export const proceedingsResults = {
  'order-made': 'The court made an order',
  convicted: 'The parent was convicted',
  acquitted: 'The parent was acquitted',
  'not-pursued': 'Proceedings were not pursued',
} as const;
export type ProceedingsResult = keyof typeof proceedingsResults;
