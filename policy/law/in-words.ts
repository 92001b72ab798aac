import { counted } from '../counted.ts';
import { pounds } from './pounds.ts';
import type { Amounts, Rules, Status } from './rule-set.ts';

/** A rule of the law as staff read it. */
export type RuleInWords = { about: string; says: string; source: string; status: Status };

const notSet = 'The law of that time sets none';

function price({ discountPence, discountDays, fullPence, fullDays }: Amounts): string {
  const full = `${pounds(fullPence)} within ${fullDays} days`;
  return discountPence === null ? `${full}, no discount` : `${pounds(discountPence)} within ${discountDays} days, else ${full}`;
}

type Said = { [name in keyof Rules]: { about: string; says: (value: Rules[name]['value']) => string } };

const said: Said = {
  first: { about: 'First penalty notice to a parent for a child', says: price },
  second: { about: 'Second penalty notice to the same parent for the same child', says: price },
  most: {
    about: 'How many notices there can be',
    says: (most) => (most ? `${most.notices} in ${most.years} years, counted from the day of issue` : notSet),
  },
  threshold: {
    about: 'When a notice must be considered; none ever follows by itself',
    says: (at) => (at ? `At ${at.sessions} sessions of G, N, O or U in ${at.schoolWeeks} school weeks` : notSet),
  },
  noticeToImproveWeeks: {
    about: 'How long a notice to improve runs',
    says: ({ least, most }) => `${least} to ${most} weeks, as the authority sets`,
  },
  exclusionNotice: { about: 'Notice for a child in a public place after exclusion, outside that count', says: price },
  reasonFoundIn: {
    about: 'How long the reason behind an N may be looked for',
    says: (days) => `${counted(days, 'school day')}, then it is an O`,
  },
  attendanceReturn: {
    about: 'When the attendance return names a pupil',
    says: (days) => `After ${days} school days in a row without leave`,
  },
  sicknessReturn: {
    about: 'When the sickness return names a pupil',
    says: (days) => (days === null ? notSet : `At ${days} school days of illness in the school year, missed or likely to be`),
  },
  groundI: {
    about: 'When a name may be looked at for deletion by ground I',
    says: (days) => `From ${days} school days in a row of G, N or O, after reasonable enquiries`,
  },
};

/** The rules of a set in words, each with where it stands and how sure we are of it. */
export const lawInWords = (rules: Rules): RuleInWords[] =>
  (Object.keys(said) as (keyof Rules)[]).map((name) => inWords(name, rules));

function inWords<Name extends keyof Rules>(name: Name, rules: Rules): RuleInWords {
  const { value, source, status }: Rules[Name] = rules[name];
  const { about, says }: Said[Name] = said[name];
  return { about, says: says(value), source, status };
}

/** How sure a rule is, as a reader understands it. */
export const statusInWords: Record<Status, string> = {
  confirmed: 'read in the law itself',
  'second-hand': 'read in a source that restates the law',
  interpretation: 'our reading, where no source says',
};
