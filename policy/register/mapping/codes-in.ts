/** The codes of a text without anything between them: a code is a sign, and the figure after it if one follows. Null if it begins with a figure. */
export function splitCodes(text: string): string[] | null {
  const codes = text.match(/\P{Nd}\p{Nd}?/gu) ?? [];
  return codes.join('') === text ? codes : null;
}
