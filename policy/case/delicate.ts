import type { TemplateId } from '../letters/templates.ts';
import type { Cohort } from '../pack/clauses.ts';
import type { Pack } from '../pack/pack.ts';
import { flagTitle } from '../people/flags.ts';
import type { Circumstances } from './circumstances.ts';
import type { CaseLetter, CaseState } from './state.ts';

type Otherwise = { for: readonly string[]; 'review by'?: string | undefined };
export type Look = Otherwise & { 'review by': string };

const otherwiseOf = ({ softens, cohorts }: Pack): readonly Otherwise[] => [...(softens ? [softens] : []), ...cohorts];

/** Of what is known of a pupil, what makes the policy do otherwise. */
export const delicateFlags = (pack: Pack, flags: readonly string[]): string[] =>
  flags.filter((flag) => otherwiseOf(pack).some((one) => one.for.includes(flag)));

/** The clause by which a child with one of these flags gets no such letter. */
export const noSuchLetter = ({ cohorts }: Pack, flags: readonly string[], template: TemplateId): Cohort | undefined =>
  cohorts.find(
    ({ for: named, 'no letters': none }) =>
      named.some((flag) => flags.includes(flag)) && (none === true || none?.includes(template)),
  );

/** What makes somebody look before a letter goes about a child with one of these flags. */
export const looksFirst = (pack: Pack, flags: readonly string[]): Look | undefined =>
  otherwiseOf(pack).find((one): one is Look => one['review by'] !== undefined && one.for.some((flag) => flags.includes(flag)));

/** The same, unless they have looked at all that is known of the child in this stage. */
export function wantsToLook(
  { reviewed, looked }: Pick<CaseState, 'reviewed' | 'looked'>,
  { pack, flags }: Pick<Circumstances, 'pack' | 'flags'>,
): Look | undefined {
  // Older ledgers do not have at what: they looked at all of it.
  return looksFirst(pack, reviewed ? flags.filter((flag) => looked && !looked.includes(flag)) : flags);
}

/**
 * Why an approved letter is looked at again for what the school has come to know of the child since: the policy sends no such
 * letter for them, or wants somebody to look first. Null where nothing new is known, and of letters in older ledgers.
 */
export function delicateSince({ relied, template }: CaseLetter, { pack, flags }: Circumstances): string | null {
  const known = relied?.flags;
  if (!known) return null;
  const fresh = flags.filter((flag) => !known.includes(flag));
  const none = noSuchLetter(pack, fresh, template);
  if (none) return `${since(none, fresh)}: the policy sends no such letter for this child`;
  const look = looksFirst(pack, fresh);
  return look ? `${since(look, fresh)}: the policy wants the ${look['review by']} to look first` : null;
}

/** "Recorded since the letter was approved, “Recently bereaved”" */
const since = (one: Otherwise, fresh: readonly string[]): string =>
  `Recorded since the letter was approved, ${flagsSaid(flagsIn(one, fresh))}`;

/** "Now on record: “Recently bereaved”", of all these flags or of those that a clause is for. */
export const onRecord = (flags: readonly string[], clause?: Otherwise): string =>
  `Now on record: ${flagsSaid(clause ? flagsIn(clause, flags) : flags)}`;

const flagsIn = (one: Otherwise, flags: readonly string[]): string[] => flags.filter((flag) => one.for.includes(flag));

const flagsSaid = (flags: readonly string[]): string => flags.map(said).join(', ');

const said = (flag: string): string => `“${flagTitle(flag)}”`;
