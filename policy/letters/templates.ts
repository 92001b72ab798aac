/** The letters we know how to write. */
export const templateIds = [
  'letter-1',
  'letter-2',
  'letter-3',
  'unexplained-absence',
  'days-missed',
  'congratulation',
  'meeting-invitation',
  'referral-notice',
  'notice-to-improve',
  'correction',
] as const;

export type TemplateId = (typeof templateIds)[number];

/** The letter that a family has to have had before this one: nobody is warned for the second time first. */
export const after: Partial<Record<TemplateId, TemplateId>> = { 'letter-2': 'letter-1', 'letter-3': 'letter-2' };

/** Letters that say how attendance stands and ask for better: each of them once is enough. */
export const warnings: readonly TemplateId[] = ['letter-1', 'letter-2', 'letter-3'];

/** Letters beside the ladder, which neither wait for the time between two letters nor make another wait for it. */
export const apart: ReadonlySet<TemplateId> = new Set(['unexplained-absence', 'days-missed']);

/** The part of a letter that a person may write or change, in every template: this paragraph, of so many characters. Nothing else. */
export const amendable = { field: 'personalNote', most: 600 } as const;
