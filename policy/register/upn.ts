/** The check letters of a unique pupil number, in the order of their values: I, O and S are not used (DfE, UPN guide). */
const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/**
 * The letter that twelve characters of a unique pupil number ask for: each weighted by its place, 2 to 13, modulo 23.
 * The last of them may be a letter, in a temporary number.
 */
export function upnCheckLetter(rest: string): string {
  const sum = [...rest].reduce((total, sign, i) => total + worth(sign) * (i + 2), 0);
  return letters.charAt(sum % 23);
}

const worth = (sign: string): number => (/\d/.test(sign) ? Number(sign) : letters.indexOf(sign));

/** Why a text is no unique pupil number, with the cure; null if it is one. */
export function wrongUpn(text: string): string | null {
  if (!/^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(text))
    return 'A UPN is a capital letter, then 12 digits (the last may be a letter in a temporary UPN): copy it again from the admission register';
  const asked = upnCheckLetter(text.slice(1));
  return text.startsWith(asked)
    ? null
    : `The check letter does not fit: these digits ask for "${asked}". Look for a mistyped or swapped digit`;
}
