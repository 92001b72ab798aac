/** A letter as its parts, the same for paper, screen and plain text. Text is only ever text: each form escapes it in its own way. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; caption: string; rows: readonly (readonly [string, string])[] };

export type Wording = { subject: string; title: string; blocks: readonly Block[] };

export const say = (text: string): Block => ({ kind: 'paragraph', text });
export const head = (text: string): Block => ({ kind: 'heading', text });
export const list = (...items: string[]): Block => ({ kind: 'list', items });
export const table = (caption: string, rows: [string, string][]): Block => ({ kind: 'table', caption, rows });
