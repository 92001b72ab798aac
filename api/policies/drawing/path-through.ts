export type Point = { x: number; y: number };

/** A line that begins and ends at the ends of these points, and bends softly at each between them, as an SVG path. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const bends = rest.slice(0, -1).flatMap((point, i) => {
    const next = rest[i + 1];
    return next ? [`Q${at(point)} ${at(next === last ? last : middle(point, next))}`] : [];
  });
  return [`M${at(first)}`, ...(bends.length === 0 ? [`L${at(last)}`] : bends)].join(' ');
}

const at = ({ x, y }: Point): string => `${tenth(x)},${tenth(y)}`;
/** To a tenth of a pixel: more makes a page longer, and no line finer. */
export const tenth = (n: number): number => Math.round(n * 10) / 10;
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
