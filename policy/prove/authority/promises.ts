/** What is promised of every authority's side, whatever its officers, schools and families do. */
export const promises = {
  ground:
    'No penalty notice without ten sessions that no other notice rests on, for a child of school age who is not looked after',
  posted:
    'A penalty notice that was posted is recorded though its ground is gone since, and then the officer is asked whether it stands',
  headteacher: 'No penalty notice unless the headteacher has authorised it',
  'two-people': 'Who asks for a penalty notice does not authorise it',
  'notice-first':
    'Where a notice to improve comes first: no penalty notice before one that went out and was not met, unless support is not appropriate',
  third: 'Never a third penalty notice in three years, and a second is never offered at the lower sum',
  period: 'A notice to improve runs for three to six school weeks, and ends early only on a ground that it gave',
  approval: 'Nothing leaves, is judged, withdrawn or ended unless somebody decides so whose decision it is',
  payment: 'A penalty notice is paid in full and in time, or not at all',
  'taken-back': 'What asks for a penalty notice is taken back when its ground is gone',
  settled: 'No referral ends while a penalty notice is owed or proceedings run, and what else runs ends with it',
  deadline: 'Every open referral is looked at again by itself, and asks somebody or waits for something',
  'wait-ends': 'Every time of waiting ends',
  lawful: 'A penalty notice that has every ground can be asked for',
  'way-out': 'From everywhere, the officer can come to the end of the referral',
} as const;
export type PromiseId = keyof typeof promises;

/** A promise that something breaks, and how. */
export type Broken = { id: PromiseId; why: string };
