/** What the school knows of a pupil that makes a person look before a letter goes. Words are for pages. */
export const pupilFlags = {
  'looked-after': 'Looked-after child',
  'social-worker': 'Has a social worker',
  'youth-justice': 'Works with youth justice',
  ehcp: 'Education, health and care plan',
  'sen-support': 'SEN support',
  'free-school-meals': 'Free school meals',
  'young-carer': 'Young carer',
  medical: 'Medical plan or long illness',
  bereaved: 'Recently bereaved',
} as const;

export type PupilFlag = keyof typeof pupilFlags;

export const isPupilFlag = (text: string): text is PupilFlag => Object.hasOwn(pupilFlags, text);
