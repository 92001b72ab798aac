import { compulsorySchoolAge } from '../law/school-age.ts';
import type { Pack } from '../pack/pack.ts';
import { type PassingFlag, passingFlags } from '../people/flags.ts';
import type { Span } from '../register/mark.ts';
import { remembered } from '../remembered.ts';
import type { Circumstances } from './circumstances.ts';

type Known = Pick<Circumstances, 'on' | 'marks' | 'settlingIn' | 'partTime' | 'born'>;

/** Sessions of ten school days, after which a suspension is over for what a policy does otherwise; and of five, a long illness. */
const [recent, long] = [20, 10];

/** What is so of a pupil on a day, of all that a policy may do otherwise for and that nobody flags. Marks are those up to that day. */
export function passingFor({ on, marks, settlingIn = [], partTime = [], born }: Known): PassingFlag[] {
  const last = marks.slice(-recent);
  const ill = marks.slice(-long);
  const so: Record<PassingFlag, boolean> = {
    'part-time': covers(partTime, on),
    integration: covers(settlingIn, on),
    'not of school age': born !== undefined && !compulsorySchoolAge(born, on),
    suspended: last.some(({ code }) => code === 'E'),
    'in detention': last.some(({ code }) => code === 'Y5'),
    'long illness': ill.length === long && ill.every(({ code }) => code === 'I'),
  };
  return (Object.keys(passingFlags) as PassingFlag[]).filter((flag) => so[flag]);
}

const covers = (spans: readonly Span[], on: string): boolean => spans.some(({ from, to }) => from <= on && on <= to);

/** True of a policy that does otherwise for any of it. */
export const namesPassing = remembered(({ cohorts, softens }: Pack): boolean =>
  [...cohorts, ...(softens ? [softens] : [])].some((one) => one.for.some((flag) => Object.hasOwn(passingFlags, flag))),
);
