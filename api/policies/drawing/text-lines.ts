/** How wide a letter is on average, of the height of its type. Arial needs less: where there is none, a wider face stands in. */
const letter = { plain: 0.565, bold: 0.63 };

export type Weight = keyof typeof letter;

/** Pixels: the height of the type, and from one line to the next. */
export const type = { size: 14, line: 18 };

/** How much width words take, or a little less. */
export const textWidth = (words: string, weight: Weight): number => Math.ceil(words.length * type.size * letter[weight]);

/** The lines into which words fall where there is so much width. A word is never broken. */
export function textLines(words: string, width: number, weight: Weight): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = [...lines.slice(-1), word].join(' ');
    if (lines.length > 0 && textWidth(longer, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
