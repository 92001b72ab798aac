import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre';
import type { Arrow, Box, Drawing } from '../../../policy/draw/drawing.ts';
import { type FilledBox, filledBox, filledLabel, filledTitle, type Label, type Size } from './filled.ts';
import { type Point, pathThrough, tenth } from './path-through.ts';

/** Pixels: how wide boxes, words of arrows and rules are. A phone, a desk and paper each have a drawing that can be read there. */
const shapes = {
  narrow: { box: 230, label: 120, rule: 316, apart: 8, ranks: 24, group: 'below' },
  wide: { box: 300, label: 150, rule: 270, apart: 14, ranks: 24, group: 'beside' },
  paper: { box: 480, label: 150, rule: 480, apart: 14, ranks: 20, group: null },
} as const;
export type Shape = keyof typeof shapes;
export const shapeNames = Object.keys(shapes) as Shape[];

export type Laid<Thing> = Thing & Point;
export type LaidArrow = Pick<Arrow, 'from' | 'to' | 'back'> & { path: string; label: Laid<Label> };
/** What stands beside the ladder, in a frame with a title. */
export type LaidGroup = { frame: Laid<Size>; title: Laid<Label>; boxes: Laid<FilledBox>[] };
export type LaidOut = Size & { boxes: Laid<FilledBox>[]; arrows: LaidArrow[]; group: LaidGroup | null };

const margin = 1;
const between = 12;

/** Where each part of a drawing stands: the ladder as Dagre lays it out, the rest in a column of its own, which paper leaves to words. */
export function laidOut(drawing: Drawing, shape: Shape): LaidOut {
  const { apart, group: where } = shapes[shape];
  const ladder = laidLadder(drawing, shape);
  if (where === null) return { ...ladder, group: null };
  const at = where === 'beside' ? { x: ladder.width + apart, y: margin } : { x: margin, y: ladder.height + apart };
  const group = laidGroup(drawing.beside, shape, at);
  const { frame } = group;
  const end = { width: frame.x + frame.width + margin, height: frame.y + frame.height + margin };
  return { ...ladder, group, width: Math.max(ladder.width, end.width), height: Math.max(ladder.height, end.height) };
}

function laidLadder({ ladder, arrows }: Drawing, shape: Shape): Omit<LaidOut, 'group'> {
  const { box, label: widest, apart, ranks } = shapes[shape];
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: apart, edgesep: apart, ranksep: ranks, marginx: margin, marginy: margin });
  const boxes = ladder.map((one) => filledBox(one, one.kind === 'stage' ? box : box / 2));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  const named = arrows.map((arrow, i) => ({ arrow, label: filledLabel(arrow.says, widest), name: String(i) }));
  for (const { arrow, label, name } of named) {
    const { width, height } = label;
    graph.setEdge(...downwards(arrow), { width, height, labelpos: 'c', weight: arrow.back ? 1 : 4 }, name);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    ...{ width: Math.ceil(width), height: Math.ceil(height) },
    boxes: boxes.map((one) => placed(one, graph.node(one.id))),
    arrows: named.map(({ arrow, label, name }) => {
      const { points = [], ...middle } = graph.edge(...downwards(arrow), name);
      const { from, to, back } = arrow;
      return { from, to, back, path: pathThrough(back ? points.toReversed() : points), label: placed(label, middle) };
    }),
  };
}

/** Dagre is told no way back: each stage then stands above those that the policy names after it. */
const downwards = ({ from, to, back }: Arrow): [string, string] => (back ? [to, from] : [from, to]);

/** Dagre says where the middle of a thing is. */
const placed = <Thing extends Size>(thing: Thing, { x = 0, y = 0 }: Partial<Point>): Laid<Thing> => ({
  ...thing,
  x: tenth(x - thing.width / 2),
  y: tenth(y - thing.height / 2),
});

function laidGroup(beside: readonly Box[], shape: Shape, { x, y }: Point): LaidGroup {
  const width = shapes[shape].rule;
  const title = { ...filledTitle('At any time, whatever the steps do', width), x, y };
  let bottom = y + title.height;
  const boxes = beside.map((one) => {
    const box = { ...filledBox(one, width), x: x + between, y: bottom };
    bottom += box.height + between;
    return box;
  });
  return { boxes, title, frame: { x, y, width: width + 2 * between, height: bottom - y } };
}
