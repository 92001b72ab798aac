import type { z } from 'zod';
import { sourceText } from '../../pack/source-text.ts';
import { Refusal } from '../../refusal.ts';
import { Mapping } from './mapping.ts';

/**
 * Reads a mapping from its YAML 1.2 text.
 * @throws Refusal('BadInput') that names the file, and each line with what is wrong in it, from the top.
 */
export function readMapping(text: string, fileName: string): Mapping {
  const source = sourceText(text, fileName);
  if (source.broken) {
    const { place, why, cure } = source.broken;
    throw new Refusal('BadInput', `${fileName}: line ${place.line}, column ${place.column}: ${why}. ${cure}`);
  }
  const parsed = Mapping.safeParse(source.value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const wrongs = parsed.error.issues.flatMap(meant).flatMap(inWords);
  const placed = wrongs.map((one) => ({ ...one, line: source.placeOf(one.path).line }));
  const said = placed
    .sort((a, b) => a.line - b.line)
    .map(({ line, path, message }) => `line ${line}, ${path.map(String).join(': ') || 'the file'}: ${message}`);
  throw new Refusal('BadInput', `${fileName} is not a mapping we can follow:\n${said.join('\n')}`);
}

type Issue = z.core.$ZodIssue;
type Said = Pick<Issue, 'path' | 'message'>;

/** Of the ways in which a column may be named, what is wrong with the one that it comes nearest to. */
function meant(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const ways = issue.errors.map((inner) => inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(meant));
  const depth = (way: Issue[]) => Math.max(...way.map(({ path }) => path.length));
  return ways.toSorted((a, b) => depth(b) - depth(a))[0] ?? [issue];
}

/** What a school stumbles over, in its words. */
function inWords(issue: Issue): Said[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'A mapping has no such word here: look at its spelling' }));
  if (issue.code === 'invalid_value') return [{ path, message: `Write one of: ${issue.values.map(String).join(', ')}` }];
  if (issue.code !== 'invalid_type') return [{ path, message }];
  if (issue.input === undefined) return [{ path, message: 'It is missing: write it' }];
  if (issue.input === null)
    return [{ path, message: 'Nothing stands here. What a # is before is not read, unless it is in quotation marks' }];
  if (path.length === 0)
    return [{ path, message: 'This is no mapping: a mapping begins with a line such as "mapping: our-marks"' }];
  if (['object', 'record'].includes(issue.expected))
    return [{ path, message: 'Write names and what each is below it, or as { name: what }' }];
  if (issue.expected === 'string' && typeof issue.input !== 'object') return [{ path, message: 'Write it in quotation marks' }];
  return [{ path, message }];
}
