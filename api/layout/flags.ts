import { flagTitle } from '../../policy/people/flags.ts';

/** What makes every letter about a pupil delicate, whoever approves it. */
const delicate: ReadonlySet<string> = new Set([
  'looked-after',
  'social-worker',
  'youth-justice',
  'ehcp',
  'medical',
  'bereaved',
  'young-carer',
]);

/** Whether a flag makes a letter delicate. */
export const isDelicate = (flag: string): boolean => delicate.has(flag);

/** What to look at twice before a letter or a legal step, in words. */
export const delicateFlags = (flags: readonly string[]): string[] => flags.filter(isDelicate).map(flagTitle);

/** Everything the school has flagged, as tags; `but` leaves out what the page says louder. */
export const flagTags = (flags: readonly string[], but: readonly string[] = []) =>
  flags.map((flag) => ({ text: flagTitle(flag), colour: 'purple' })).filter(({ text }) => !but.includes(text));
