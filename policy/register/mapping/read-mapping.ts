import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Refusal } from '../../refusal.ts';
import { Mapping } from './mapping.ts';

/**
 * Reads a mapping from its YAML 1.2 text.
 * @throws Refusal('BadInput') that names the file, and each line with what is wrong in it.
 */
export function readMapping(text: string, fileName: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, lineCounter: lines });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) throw new Refusal('BadInput', `${fileName}: ${broken.message}`);
  const parsed = Mapping.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const said = parsed.error.issues.flatMap(meant).map(({ path, message }) => {
    return `line ${lineOf(path)}, ${path.map(String).join(': ') || 'the file'}: ${message}`;
  });
  throw new Refusal('BadInput', `${fileName} is not a mapping we can follow:\n${said.join('\n')}`);
}

/** Of the ways in which a column may be named, what is wrong with the one that it comes nearest to. */
function meant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const ways = issue.errors.map((inner) => inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(meant));
  const depth = (way: z.core.$ZodIssue[]) => Math.max(...way.map(({ path }) => path.length));
  return ways.toSorted((a, b) => depth(b) - depth(a))[0] ?? [issue];
}
