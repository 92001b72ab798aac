import { capital } from '../capital.ts';
import { isOfficer, roles, titleOf } from '../people/roles.ts';
import { remembered } from '../remembered.ts';
import type { Pack } from './pack.ts';

type People = Pack['people'];

/** Who reads: staff see who does what; families see what happens, without roles. */
export type Reader = 'staff' | 'parents';

/** What documents call staff beside the titles of the roles that Firstbell has. */
const otherTitles = ['deputy head', 'assistant head', 'senior leader', 'senior lead', 'attendance lead', 'safeguarding lead'];

const titles = [...roles.filter((role) => !isOfficer(role)).map(titleOf), 'SENDCo', ...otherTitles];

/** Whoever works at the school: by the policy's own names, and by the titles of the field. An officer of the authority does not. */
export const staffIn = remembered((people: People): readonly string[] => [
  ...new Set([...Object.keys(people).filter((name) => isStaff(people, name)), ...titles]),
]);

const isStaff = (people: People, name: string): boolean => people[name] !== undefined && !isOfficer(people[name].role);

/** The same text as this reader is told it: to families whoever of the staff it names is the school, or its staff. */
export function told(text: string, { reader, pack }: { reader: Reader; pack: Pick<Pack, 'people'> }): string {
  return reader === 'staff' ? text : text.replace(namesOfStaff(pack.people), (...found: string[]) => instead(found));
}

const namesOfStaff = remembered((people: People): RegExp => {
  const names = staffIn(people).toSorted((a, b) => b.length - a.length);
  return new RegExp(`\\b(the |a |an )?(${names.map(literally).join('|')})(s?)\\b`, 'gi');
});

function instead([all = '', article = '', name = '', several = '']: string[]): string {
  // A word of everyday language is a person only with its article: "the office", and not "office hours".
  if (article === '' && /^[a-z]+$/.test(name) && !titles.includes(name)) return all;
  const word = several
    ? `${article}staff`
    : /^the /i.test(article)
      ? `${article}school`
      : article
        ? 'somebody at the school'
        : 'staff';
  return /^[A-Z]/.test(all) && (article !== '' || !isAbbreviation(name)) ? capital(word) : word;
}

const literally = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isAbbreviation = (name: string): boolean => /^[A-Z]{2}/.test(name);
