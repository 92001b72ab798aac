import type { Pack } from '../pack/pack.ts';
import { conditionSaid, endInWords, onConcern, rulesSaid, stagesInWords, yearEndInWords } from '../pack/plain-english.ts';
import type { Reader } from '../pack/to-families.ts';

/** What a box says: its name, what is done there, one thing a line, and what is waited for. */
export type Box = {
  id: string;
  kind: 'beginning' | 'stage' | 'rule' | 'end';
  title: string;
  lines: string[];
  waits: string | null;
};

/** From one box to the next: when. `back` if it leads to a stage that stands before. */
export type Arrow = { from: string; to: string; says: string; back: boolean };

/** A policy as boxes and arrows: the ladder, and what stands beside it, to which no arrow leads. */
export type Drawing = { ladder: Box[]; arrows: Arrow[]; beside: Box[] };

const beginning = 'beginning';

/** A policy's procedure as somebody would draw it on a board. Where things stand is for whoever lays it out. */
export const drawingOf = (pack: Pack, reader: Reader): Drawing => ({
  ladder: [{ id: beginning, kind: 'beginning', title: 'It begins', lines: [], waits: null }, ...stageBoxes(pack, reader)],
  arrows: [...opening(pack, reader), ...between(pack, reader)],
  beside: [...ruleBoxes(pack, reader), ...endBoxes(pack, reader)],
});

const stageId = (name: string) => `stage ${name}`;

function stageBoxes(pack: Pack, reader: Reader): Box[] {
  const inWords = stagesInWords(pack, reader);
  return Object.keys(pack.stages).flatMap((name, i) => {
    const said = inWords[i];
    if (!said) return [];
    const { name: title, does, says, waits } = said;
    return { id: stageId(name), kind: 'stage' as const, title, lines: does.length > 0 ? does : [says], waits };
  });
}

function opening(pack: Pack, reader: Reader): Arrow[] {
  const to = (stage: string, says: string) => ({ from: beginning, to: stageId(stage), says, back: false });
  const { 'alongside opens': beside, 'concern opens': concern } = pack;
  return [
    ...pack.opens.map(({ when, stage }) => to(stage, `When ${conditionSaid(when, { reader, pack })}`)),
    ...(concern === undefined ? [] : [to(concern, onConcern)]),
    ...(beside === undefined ? [] : [to(beside, 'When one of the rules beside the steps asks for something')]),
  ];
}

function between(pack: Pack, reader: Reader): Arrow[] {
  const order = Object.keys(pack.stages);
  return Object.entries(pack.stages).flatMap(([name, { next }]) =>
    next.map(({ when, go }) => ({
      ...{ from: stageId(name), to: stageId(go), says: `When ${conditionSaid(when, { reader, pack })}` },
      back: order.indexOf(go) <= order.indexOf(name),
    })),
  );
}

const ruleBoxes = (pack: Pack, reader: Reader): Box[] =>
  rulesSaid(pack, reader).map(({ when, does }, i) => ({
    ...{ id: `rule ${i + 1}`, kind: 'rule' as const, title: when, lines: does, waits: null },
  }));

function endBoxes(pack: Pack, reader: Reader): Box[] {
  const box = (id: string, title: string, line: string) => ({ id, kind: 'end' as const, title, lines: [line], waits: null });
  const year = yearEndInWords(pack, reader);
  return [
    box('end', 'It ends', endInWords(pack, reader)),
    ...(year === null ? [] : [box('year end', 'A new school year', year)]),
  ];
}
