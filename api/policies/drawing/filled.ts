import type { Box } from '../../../policy/draw/drawing.ts';
import { textLines, textWidth, type, type Weight } from './text-lines.ts';

/** A line of text where it stands in its box. */
export type Line = { text: string; x: number; y: number; weight: Weight; bullet: boolean };
export type Size = { width: number; height: number };

/** A box with its words in it. `head` is how high its title stands; what is waited for begins at `foot`. */
export type FilledBox = Size & Pick<Box, 'id' | 'kind'> & { head: number; foot: number; lines: Line[] };

export type Label = Size & { lines: Line[] };

const padding = { x: 12, y: 8 };
const bullet = 14;

/** A box so wide, and as high as what it says. */
export function filledBox({ id, kind, title, lines, waits }: Box, width: number): FilledBox {
  const room = width - 2 * padding.x;
  const titled = stacked(textLines(title, room, 'bold'), padding.y, { weight: 'bold' });
  const head = padding.y + titled.length * type.line + padding.y;
  const said: Line[] = [];
  const indent = lines.length > 1 ? bullet : 0;
  for (const one of lines)
    said.push(...stacked(textLines(one, room - indent, 'plain'), head + padding.y + said.length * type.line, { indent }));
  const foot = lines.length === 0 ? head : head + padding.y + said.length * type.line + padding.y;
  const waiting = waits === null ? [] : stacked(textLines(`Wait: ${waits}`, room, 'plain'), foot + padding.y, {});
  const height = waits === null ? foot : foot + padding.y + waiting.length * type.line + padding.y;
  return { id, kind, width, height, head, foot, lines: [...titled, ...said, ...waiting] };
}

/** The words of an arrow: no wider than it may be, and no wider than they are. */
export function filledLabel(says: string, widest: number): Label {
  const words = textLines(says, widest, 'plain');
  const width = Math.max(...words.map((line) => textWidth(line, 'plain')));
  return { width, height: words.length * type.line + padding.y, lines: stacked(words, padding.y / 2, { left: 0 }) };
}

/** The title of a group, so wide. */
export const filledTitle = (title: string, width: number): Label => {
  const words = textLines(title, width - 2 * padding.x, 'bold');
  return { width, height: words.length * type.line + 2 * padding.y, lines: stacked(words, padding.y, { weight: 'bold' }) };
};

type Standing = { weight?: Weight; indent?: number; left?: number };

/** Lines one below the other, the first of them with a bullet where they are indented. `y` is where the letters stand. */
const stacked = (texts: string[], top: number, { weight = 'plain', indent = 0, left = padding.x }: Standing): Line[] =>
  texts.map((text, i) => ({
    ...{ text, weight, bullet: indent > 0 && i === 0 },
    x: left + indent,
    y: top + i * type.line + type.size,
  }));
