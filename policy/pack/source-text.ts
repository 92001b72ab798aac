import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';

/** A place in a file, counted from 1 as editors do. */
export type Place = { fileName: string; line: number; column: number };

/** A YAML text with the way back from what it says to where it says it. */
export type SourceText = {
  fileName: string;
  value: unknown;
  /** What is no YAML that we read, with its place and what to do. */
  broken: { place: Place; why: string; cure: string } | null;
  /** Where the clause of this path stands; of what is not there, where its nearest surroundings begin. */
  placeOf(path: readonly PropertyKey[]): Place;
};

/** No policy is longer: a text beyond it is not a policy, and reading it would keep everybody waiting. */
const mostCharacters = 500_000;

/** Reads YAML 1.2. What is wrong with the text is said, not thrown: it has a place too. */
export function sourceText(text: string, fileName: string): SourceText {
  const start: Place = { fileName, line: 1, column: 1 };
  if (text.length > mostCharacters) {
    const why = `The file has ${text.length} characters; a policy has at most ${mostCharacters}`;
    return {
      fileName,
      value: null,
      broken: { place: start, why, cure: 'Look whether this is the right file' },
      placeOf: () => start,
    };
  }
  const { document, lines, wrong } = parsed(text);
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { fileName, line: line || 1, column: col || 1 };
  };
  return {
    fileName,
    value: wrong ? null : document.toJS(),
    broken: wrong && { place: at(wrong.offset), why: wrong.why, cure: wrong.cure },
    placeOf: (path) => at(offsetOf(document, path)),
  };
}

type Parsed = { document: Document.Parsed; lines: LineCounter; wrong: Wrong | null };

/** One text is asked, in turn, which policy it extends, for which days it holds and what it says: it is parsed once. */
let last: ({ text: string } & Parsed) | null = null;

function parsed(text: string): Parsed {
  if (last?.text === text) return last;
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, lineCounter: lines, prettyErrors: false });
  last = { text, document, lines, wrong: wrongWith(document) };
  return last;
}

type Wrong = { offset: number; why: string; cure: string };

const cures: Partial<Record<string, { why?: string; cure: string }>> = {
  TAB_AS_INDENT: { why: 'A tab stands where spaces belong', cure: 'Replace tabs by spaces' },
  DUPLICATE_KEY: { why: 'The same name stands here twice', cure: 'Take one of the two out, or give it another name' },
  BAD_INDENT: { cure: 'Begin the line as far to the right as the others of its group' },
  MISSING_CHAR: { cure: 'Close the quotation mark or the bracket' },
};

function wrongWith(document: Document.Parsed): Wrong | null {
  const error = document.errors[0] ?? document.warnings[0];
  if (error) {
    const known = cures[error.code];
    return { offset: error.pos[0], why: known?.why ?? error.message, cure: known?.cure ?? 'Mend the YAML here' };
  }
  let found: Wrong | null = null;
  visit(document, (_key, node) => {
    const anchored = isAlias(node) || ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined);
    const merged = isPair(node) && isScalar(node.key) && node.key.value === '<<';
    if (!anchored && !merged) return undefined;
    const at = isPair(node) ? node.key : node;
    const offset = (isNode(at) && at.range?.[0]) || 0;
    found = {
      offset,
      why: 'Anchors, aliases and merged keys are not read',
      cure: 'Write the clause out: a policy is read aloud',
    };
    return visit.BREAK;
  });
  return found;
}

/** What people read, where a single word is as likely to be the beginning of more. */
const forPeople = new Set<unknown>(['says', 'source', 'title']);

/** Words without quotation marks that a # on their line ends: what stands behind it is a comment, and may not be meant as one. */
export function cutOffIn(text: string, fileName: string): { said: string; place: Place }[] {
  const { document, lines } = parsed(text);
  const found: { said: string; place: Place }[] = [];
  visit(document, {
    Pair(_, { key, value: words }) {
      if (!isScalar(words) || words.type !== 'PLAIN' || !words.comment || typeof words.value !== 'string') return;
      if (!/\s/.test(words.value) && !forPeople.has(isScalar(key) && key.value)) return;
      const { line, col: column } = lines.linePos(words.range?.[0] ?? 0);
      found.push({ said: words.value, place: { fileName, line, column } });
    },
  });
  return found;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
