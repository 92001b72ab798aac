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
  traveller: 'Family travels for work',
} as const;

export type PupilFlag = keyof typeof pupilFlags;

/** What is so of a pupil for a time, by the record or the register: nobody flags it. A policy may do otherwise for these as well. */
export const passingFlags = {
  'part-time': 'On a part-time timetable',
  integration: 'In an agreed time of settling in',
  'not of school age': 'Not of compulsory school age',
  suspended: 'Suspended or excluded in the last ten school days',
  'in detention': 'In detention in the last ten school days',
  'long illness': 'Ill for five school days or more in a row',
} as const;

export type PassingFlag = keyof typeof passingFlags;

/** A flag in words, whether it is on record or passing; itself if there is none of that name. */
export function flagTitle(flag: string): string {
  const titles: Record<string, string> = { ...pupilFlags, ...passingFlags };
  return Object.hasOwn(titles, flag) ? (titles[flag] ?? flag) : flag;
}

export const isPupilFlag = (text: string): text is PupilFlag => Object.hasOwn(pupilFlags, text);
