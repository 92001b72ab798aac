/**
 * The local authority in whose area a pupil lives, where it is another than the school's; null if it is the same or nobody said. The
 * school's own acts on a referral and receives the returns all the same; support at home may come from this one.
 */
export const homeElsewhere = (home: string | null, ofSchool: string): string | null =>
  home === null || plain(home) === plain(ofSchool) ? null : home;

/** One authority is written "Severnshire", "Severnshire Council" and "SEVERNSHIRE  COUNTY COUNCIL". */
const plain = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/( (county|city|borough|metropolitan|district))* council$/, '')
    .trim();

/** What whoever reads of a referral is told to do. */
export const homeAuthoritySaid = (home: string, ofSchool: string): string =>
  `${home}. ${ofSchool}, the school’s authority, acts on the referral and receives the returns. Support for the family may come from ${home}: ask its attendance team, outside Firstbell, and whether it has issued penalty notices, and record what it answers`;
