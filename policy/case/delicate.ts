import type { TemplateId } from '../letters/templates.ts';
import type { Cohort } from '../pack/clauses.ts';
import type { Pack } from '../pack/pack.ts';
import { isPupilFlag, pupilFlags } from '../people/flags.ts';
import type { Circumstances } from './circumstances.ts';
import type { CaseLetter } from './state.ts';

type Look = { for: readonly string[]; 'review by'?: string | undefined };

const looksOf = ({ softens, cohorts }: Pack): readonly Look[] => [...(softens ? [softens] : []), ...cohorts];

/** Of what is known of a pupil, what makes the policy do otherwise. */
export const delicateFlags = (pack: Pack, flags: readonly string[]): string[] =>
  flags.filter((flag) => looksOf(pack).some((look) => look.for.includes(flag)));

/** The clause by which a child with one of these flags gets no such letter. */
export const noSuchLetter = ({ cohorts }: Pack, flags: readonly string[], template: TemplateId): Cohort | undefined =>
  cohorts.find(
    ({ for: named, 'no letters': none }) =>
      named.some((flag) => flags.includes(flag)) && (none === true || none?.includes(template)),
  );

/** What makes somebody look before a letter goes about a child with one of these flags. */
export const looksFirst = (pack: Pack, flags: readonly string[]): Look | undefined =>
  looksOf(pack).find((look) => look['review by'] !== undefined && look.for.some((flag) => flags.includes(flag)));

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
const since = (look: Look, fresh: readonly string[]): string =>
  `Recorded since the letter was approved, ${fresh.flatMap((flag) => (look.for.includes(flag) ? [said(flag)] : [])).join(', ')}`;

const said = (flag: string): string => `“${isPupilFlag(flag) ? pupilFlags[flag] : flag}”`;
