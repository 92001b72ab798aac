import { titleOf } from '../people/roles.ts';
import { citedAfter, citing } from './citing.ts';
import type { Pack } from './pack.ts';
import { bandSaid } from './plain-english.ts';
import { type Reader, told } from './to-families.ts';

export type Named = { name: string; says: string };

/** The bands of attendance that the policy names. */
export const bandsInWords = (pack: Pack, reader: Reader): Named[] =>
  Object.entries(pack.bands ?? {}).map(([name, band]) => ({
    name: told(name, { reader, pack }),
    says: citing(bandSaid(band), band.source, reader),
  }));

/** Who acts, and who stands in for them. */
export const peopleInWords = ({ people }: Pack): Named[] =>
  Object.entries(people).map(([name, { role, 'stands in': other }]) => ({
    name,
    says: `${titleOf(role)}; ${other === name ? 'nobody' : `the ${other}`} stands in`,
  }));

/** What is looked at again and again, by whom. */
export const reviewsInWords = ({ reviews }: Pack): Named[] =>
  reviews.map(({ every, says, by, for: whom, source }) => ({
    name: `Every ${every}`,
    says: `${says} (by the ${by}${whom ? `, for ${readersSaid(whom)}` : ''}; ${source})`,
  }));

/** "the headteacher, the governors and the staff" */
export const readersSaid = (readers: readonly string[]): string =>
  readers
    .map((name) => `the ${name}`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');

/** How leave in term time is asked for and decided. */
export function leaveInWords(pack: Pack, reader: Reader): string[] {
  if (!pack.leave) return [];
  return citedAfter(
    leaveSaid(pack.leave).map((says) => told(says, { reader, pack })),
    pack.leave.source,
    reader,
  );
}

function leaveSaid(leave: NonNullable<Pack['leave']>): string[] {
  const { notice, form, 'asked by': asker, 'decided by': by, 'refused if': refused, 'after the fact': after, appeal } = leave;
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
  return [
    ...(asker ? [`Who asks for it: ${lower(asker)}`] : []),
    ...(form || notice
      ? [`How it is asked for: ${[...howAsked(form), ...(notice ? [`${notice} before`] : [])].join(', ')}`]
      : []),
    `Who decides: the ${by}`,
    ...refused.map((why) => `May be refused: ${lower(why)}`),
    ...(after ? ['Never granted afterwards'] : []),
    ...(appeal === 'none' ? ['There is no appeal'] : []),
    ...(appeal === 'to the governors' ? ['An appeal goes to the governors'] : []),
    ...(leave['penalty notice'] ? [`A penalty notice for leave without permission: ${lower(leave['penalty notice'])}`] : []),
  ];
}

const howAsked = (form: NonNullable<Pack['leave']>['form']): string[] =>
  form === undefined ? [] : [form === 'in writing' ? form : `on ${form}`];

type Place = Pack['advice'][number]['shown on'];

/** What the policy says to people in these places, each with its clause. */
export const adviceFor = ({ advice }: Pick<Pack, 'advice'>, ...places: readonly Place[]): string[] =>
  advice.filter((one) => places.includes(one['shown on'])).map(({ says, source }) => `${says} (${source})`);

/** What is done for those who attend well. */
export const rewardsInWords = (pack: Pack, reader: Reader): Named[] =>
  pack.rewards.map(({ when, says, source }) => ({
    name: told(when, { reader, pack }),
    says: citing(told(says, { reader, pack }), source, reader),
  }));

/** What everybody may read: other advice is shown where a case, a letter or a call is. */
export const adviceInWords = (pack: Pack, reader: Reader): string[] =>
  pack.advice.flatMap((one) =>
    one['shown on'] === 'policy page' ? [citing(told(one.says, { reader, pack }), one.source, reader)] : [],
  );

/** What the document says and the law does not leave to it. */
export const overriddenInWords = (pack: Pack): string[] =>
  pack['overridden by law'].map(
    ({ says, instead, law, source }) => `${citing(`The document says: ${says}`, source, 'staff')}. The law: ${instead} (${law})`,
  );
