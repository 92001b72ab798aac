import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument } from 'yaml';

/** A place in a file, counted from 1 as editors do. */
export type Place = { line: number; column: number };

/** A YAML text with the way back from what it says to where it says it. */
export type SourceText = {
  fileName: string;
  value: unknown;
  /** What is no YAML, with its place. */
  broken: { place: Place; why: string } | null;
  /** Where the clause of this path stands; of what is not there, where its nearest surroundings begin. */
  placeOf(path: readonly PropertyKey[]): Place;
};

/** Reads YAML 1.2. What is wrong with the text is said, not thrown: it has a place too. */
export function sourceText(text: string, fileName: string): SourceText {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line || 1, column: col || 1 };
  };
  const wrong = document.errors[0] ?? document.warnings[0];
  return {
    fileName,
    value: wrong ? null : document.toJS(),
    broken: wrong ? { place: at(wrong.pos[0]), why: wrong.message } : null,
    placeOf(path) {
      let node: unknown = document.contents;
      let offset = 0;
      for (const key of path) {
        if (isMap(node)) {
          const pair = node.items.find((item) => isPair(item) && String(isNode(item.key) ? item.key : item.key) === String(key));
          if (!pair) break;
          if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
          node = pair.value;
        } else if (isSeq(node)) {
          node = node.items[Number(key)];
          if (!isNode(node)) break;
          offset = node.range?.[0] ?? offset;
        } else break;
      }
      return at(offset);
    },
  };
}
