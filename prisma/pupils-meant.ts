import transliterate from '@sindresorhus/transliterate';
import type { Span } from '../policy/register/mark.ts';
import type { Db } from './client.ts';
import { columnOf } from './day-column.ts';
import type { Prisma } from './generated/client.ts';
import type { Reader } from './proposals.ts';
import { inReach } from './pupils.ts';

/**
 * The pupils within reach whom somebody means by what they typed, by name: "zoe ash", "Ashworth Zoë", "OBrien", a class, an admission
 * number or a UPN. Names are compared word by word, in any order, without accents, capitals or apostrophes. Where days are given, only
 * who was on the roll on any of them.
 */
export async function pupilsMeant(db: Db, reader: Reader, typed: string, there?: Span) {
  const whole = plain(typed).trim();
  if (whole === '') return [];
  const pupils = await db.pupil.findMany({
    where: { AND: [within(reader), there ? onRollIn(there) : {}] },
    select: { id: true, chosenName: true, legalName: true, className: true, admissionNo: true, upn: true },
    orderBy: [{ chosenName: 'asc' }, { id: 'asc' }],
  });
  const words = wordsOf(typed);
  return pupils.filter(
    ({ chosenName, legalName, className, admissionNo, upn }) =>
      [className, admissionNo, upn].some((one) => plain(one) === whole) || answersTo(`${chosenName} ${legalName}`, words),
  );
}

/** A school’s own; an officer’s are those who were referred to the authority. */
const within = (reader: Reader): Prisma.PupilWhereInput =>
  reader.schoolId === null
    ? { cases: { some: { referrals: { some: { authorityId: reader.authorityId ?? 'none' } } } } }
    : inReach(reader);

const onRollIn = ({ from, to }: Span): Prisma.PupilWhereInput => ({
  onRollFrom: { lte: columnOf(to) },
  OR: [{ onRollTo: null }, { onRollTo: { gte: columnOf(from) } }],
});

/** True if each word begins one of the name's. */
function answersTo(name: string, words: readonly string[]): boolean {
  const names = wordsOf(name);
  return words.length > 0 && words.every((word) => names.some((one) => one.startsWith(word)));
}

const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const plain = (text: string): string =>
  transliterate(text)
    .toLowerCase()
    .replace(/['’‘`]/g, '');
