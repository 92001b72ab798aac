/** The letters we know how to write. */
export const templateIds = [
  'letter-1',
  'letter-2',
  'congratulation',
  'meeting-invitation',
  'referral-notice',
  'notice-to-improve',
] as const;

export type TemplateId = (typeof templateIds)[number];
