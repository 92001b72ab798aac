import { describe, expect, it } from '@jest/globals';
import { capital } from '../../../policy/capital.ts';
import { drawingOf } from '../../../policy/draw/drawing.ts';
import { conditionSaid, rulesInWords } from '../../../policy/pack/plain-english.ts';
import type { Reader } from '../../../policy/pack/to-families.ts';
import { shippedPacks } from '../../support/packs.ts';

const readers: Reader[] = ['staff', 'parents'];
const packs = shippedPacks.flatMap(([name, pack]) => readers.map((reader) => [name, reader, pack] as const));

describe('a policy as a drawing', () => {
  it('comes of five policies', () => expect(shippedPacks).toHaveLength(5));

  it.each(packs)('%s, for %s, has every stage with what it does and waits for', (_, reader, pack) => {
    const boxes = drawingOf(pack, reader).ladder.filter(({ kind }) => kind === 'stage');
    expect(boxes.map(({ title }) => title)).toEqual(Object.keys(pack.stages).map(capital));
    for (const [i, stage] of Object.values(pack.stages).entries()) {
      expect(boxes[i]?.lines).toHaveLength(Math.max(1, stage.do.length + stage.alongside.length));
      expect(boxes[i]?.waits === null).toBe(stage.wait === undefined);
    }
  });

  it.each(packs)('%s, for %s, has every way from one stage to the next, and into the first', (_, reader, pack) => {
    const when = (condition: Parameters<typeof conditionSaid>[0]) => `When ${conditionSaid(condition, { reader, pack })}`;
    const { ladder, arrows } = drawingOf(pack, reader);
    const title = (id: string) => ladder.find((box) => box.id === id)?.title;
    expect(arrows.map(({ from, to, says }) => [title(from), title(to), says])).toEqual([
      ...pack.opens.map((one) => ['It begins', capital(one.stage), when(one.when)]),
      ...(pack['concern opens'] === undefined
        ? []
        : [['It begins', capital(pack['concern opens']), 'When somebody at the school is concerned, whatever the figures say']]),
      ['It begins', capital(pack['alongside opens'] ?? ''), 'When one of the rules beside the steps asks for something'],
      ...Object.entries(pack.stages).flatMap(([name, { next }]) =>
        next.map((one) => [capital(name), capital(one.go), when(one.when)]),
      ),
    ]);
  });

  it.each(packs)('%s, for %s, has every rule beside the ladder, and how it ends', (_, reader, pack) => {
    const { beside } = drawingOf(pack, reader);
    const rules = beside.filter(({ kind }) => kind === 'rule').map(({ title, lines }) => `${title}: ${lines.join('; ')}`);
    expect(rules).toEqual(rulesInWords(pack, reader));
    expect(beside.slice(-2).map(({ title }) => title)).toEqual(['It ends', 'A new school year']);
  });

  it.each(shippedPacks)('%s names to parents nobody who acts', (_, pack) => {
    const { ladder, arrows, beside } = drawingOf(pack, 'parents');
    const words = [
      ...[...ladder, ...beside].flatMap(({ title, lines, waits }) => [title, ...lines, waits ?? '']),
      ...arrows.map(({ says }) => says),
    ];
    for (const name of Object.keys(pack.people))
      expect(words.join('\n')).not.toMatch(new RegExp(`by the ${name}|once the ${name}|: the ${name}`));
  });

  it('knows which ways lead back', () => {
    const [, pack] = shippedPacks.find(([name]) => name === 'learning-partners') ?? [];
    const back = pack ? drawingOf(pack, 'staff').arrows.filter((arrow) => arrow.back) : [];
    expect(back.map(({ from, to }) => [from, to])).toEqual([
      ['stage improved', 'stage support and challenge'],
      ['stage back with the school', 'stage support and challenge'],
    ]);
  });
});
