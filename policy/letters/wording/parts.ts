import { longDay } from '../../calendar/day.ts';
import { shown } from '../../register/fraction.ts';
import { daysMissed } from '../../register/measures/totals.ts';
import { type Block, head, say, table } from '../block.ts';
import type { SharedFields } from '../fields.ts';

/** "4 days", "half a day", "1 day", "2.5 days". Families count days, not sessions. */
export function days(n: number): string {
  if (n === 0.5) return 'half a day';
  return `${n} ${n === 1 ? 'day' : 'days'}`;
}

export const missed = ({ figures }: SharedFields): string => days(daysMissed(figures));

/** "the morning of Friday 2 October 2026" */
export const session = (id: string): string =>
  `the ${id.endsWith('AM') ? 'morning' : 'afternoon'} of ${longDay(id.slice(0, 10))}`;

/** What the letter rests on, as a table a parent can check. Half days are sessions. */
export function record({ pupil, figures }: SharedFields): Block {
  const { from, asOf, attended, possible, authorised, unauthorised } = figures;
  return table(`${pupil.name}’s attendance from ${longDay(from)} to ${session(asOf)}`, [
    ['Half days the school was open', String(possible)],
    ['Half days attended', String(attended)],
    ['Half days missed with leave or good reason', String(authorised)],
    ['Half days missed without leave or good reason', String(unauthorised)],
    ['Attendance', shown(figures)],
  ]);
}

/** "3 September": the first day counted, which for a pupil who came in the year is not the start of term. */
export const since = ({ figures }: SharedFields): string => longDay(figures.from).split(' ').slice(1, 3).join(' ');

/** What a person wrote to this family. A new line there is a new paragraph here. */
export const note = ({ personalNote }: SharedFields): Block[] =>
  (personalNote ?? '').split(/\s*\n\s*/).flatMap((text) => (text === '' ? [] : [say(text)]));

/** How to reach the school: the same closing for every letter from it. */
export const reach = ({ school, signatory }: SharedFields): Block[] => [
  head('How to reach us'),
  say(
    `Call ${school.phone} or write to ${school.email} and ask for ${signatory.name}. If any of this is wrong, please tell us and we will put it right.`,
  ),
];

/** Mail is read on lock screens by others: no pupil, no figure, no warning in a subject. */
export const neutralSubject = ({ school }: SharedFields): string => `A letter for you from ${school.name}`;

/** In the parent's language, the offer to have the letter in it. The English text stays the legal copy. */
export const languageOffers: Record<string, { lang: string; rightToLeft: boolean; text: string }> = {
  pl: {
    lang: 'pl',
    rightToLeft: false,
    text: 'Jeśli chcą Państwo otrzymać ten list w języku polskim lub porozmawiać z tłumaczem, prosimy o kontakt ze szkołą.',
  },
  ar: {
    lang: 'ar',
    rightToLeft: true,
    text: 'إذا كنتم ترغبون في الحصول على هذه الرسالة باللغة العربية أو التحدث مع مترجم، يرجى الاتصال بالمدرسة.',
  },
};
