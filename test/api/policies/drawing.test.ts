import { describe, expect, it } from '@jest/globals';
import { drawingsOf } from '../../../api/policies/drawing/drawing-view.ts';
import { laidOut, shapeNames } from '../../../api/policies/drawing/laid-out.ts';
import { textLines, textWidth } from '../../../api/policies/drawing/text-lines.ts';
import { drawingOf } from '../../../policy/draw/drawing.ts';
import { shippedPacks } from '../../support/packs.ts';

type Place = { x: number; y: number; width: number; height: number };
const apart = (a: Place, b: Place) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const within = (a: Place, b: Place) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const pairs = <T>(list: readonly T[]) => list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b] as const));

const drawings = shippedPacks.flatMap(([name, pack]) =>
  shapeNames.map((shape) => [name, shape, drawingOf(pack, 'staff')] as const),
);

describe('a drawing that is laid out', () => {
  it.each(drawings)('%s, %s: has all its boxes and arrows, and nothing lies on anything else', (_, shape, drawing) => {
    const { width, height, boxes, arrows, group } = laidOut(drawing, shape);
    expect(boxes.map(({ id }) => id)).toEqual(drawing.ladder.map(({ id }) => id));
    expect(arrows.map(({ from, to }) => [from, to])).toEqual(drawing.arrows.map(({ from, to }) => [from, to]));
    expect(group?.boxes.map(({ id }) => id) ?? []).toEqual(shape === 'paper' ? [] : drawing.beside.map(({ id }) => id));
    const places: Place[] = [...boxes, ...arrows.map(({ label }) => label), ...(group ? [group.frame] : [])];
    expect(pairs(places).filter(([a, b]) => !apart(a, b))).toEqual([]);
    expect(pairs(group?.boxes ?? []).filter(([a, b]) => !apart(a, b))).toEqual([]);
    for (const place of places) expect(within(place, { x: 0, y: 0, width, height })).toBe(true);
    for (const box of group?.boxes ?? []) expect(within(box, group?.frame ?? box)).toBe(true);
  });

  it.each(drawings)(
    '%s, %s: every arrow begins at the edge of its one box and ends at that of the other',
    (_, shape, drawing) => {
      const { boxes, arrows } = laidOut(drawing, shape);
      const around = (id: string, by: number): Place => {
        const { x, y, width, height } = boxes.find((box) => box.id === id) as Place;
        return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
      };
      for (const { from, to, path } of arrows) {
        const numbers = [...path.matchAll(/-?[\d.]+/g)].map(Number);
        const [fromX = 0, fromY = 0] = numbers;
        const [toX = 0, toY = 0] = numbers.slice(-2);
        for (const [id, x, y] of [
          [from, fromX, fromY],
          [to, toX, toY],
        ] as const) {
          const point = { x, y, width: 0, height: 0 };
          expect([id, within(point, around(id, 1)), within(point, around(id, -1))]).toEqual([id, true, false]);
        }
      }
    },
  );

  it.each(drawings)('%s, %s: every word is within its box', (_, shape, drawing) => {
    const { boxes, group } = laidOut(drawing, shape);
    for (const box of [...boxes, ...(group?.boxes ?? [])])
      for (const { text, x, y, weight } of box.lines) {
        expect([text, x + textWidth(text, weight) <= box.width]).toEqual([text, true]);
        expect([text, y > 0 && y < box.height]).toEqual([text, true]);
      }
  });

  it.each(drawings)('%s, %s: the ladder reads downwards', (_, shape, drawing) => {
    const { boxes } = laidOut(drawing, shape);
    const top = (id: string) => boxes.find((box) => box.id === id)?.y ?? Number.NaN;
    for (const { from, to, back } of drawing.arrows) expect([from, to, top(from) < top(to)]).toEqual([from, to, !back]);
  });

  it('is there for a phone, a desk and paper, and says what it is', () => {
    const [, pack] = shippedPacks.find(([name]) => name === 'gloucestershire') ?? [];
    const all = pack && drawingsOf(pack, 'parents');
    expect(Object.values(all ?? {}).map(({ shape }) => shape)).toEqual(['narrow', 'wide', 'paper']);
    expect(all?.wide.title).toBe('Gloucestershire trust attendance policy: its steps as a drawing');
    expect(all?.wide.says).toMatch(/^9 steps and 16 ways to them; 11 rules beside them\./);
  });
});

describe('lines of text', () => {
  it('are as many as it takes, and lose no word', () => {
    const words = 'A meeting with the family by the headteacher, within 10 school days';
    const lines = textLines(words, 200, 'plain');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe(words);
    for (const line of lines) expect(textWidth(line, 'plain')).toBeLessThanOrEqual(200);
  });

  it('break no word, however narrow it is', () =>
    expect(textLines('Congratulation at last', 10, 'plain')).toEqual(['Congratulation', 'at', 'last']));
});
