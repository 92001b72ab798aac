import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { Pack } from './pack.ts';

/**
 * Reads a policy pack from its YAML 1.2 text.
 * @throws Refusal('BadInput') that names the pack file, the place and the cure.
 */
export function readPack(text: string, fileName: string): Pack {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) throw new Refusal('BadInput', `${fileName}: ${broken.message}`);
  const parsed = Pack.safeParse(document.toJS());
  if (!parsed.success)
    throw new Refusal(
      'BadInput',
      `${fileName} is not a policy pack we can follow:\n${z.prettifyError({ issues: parsed.error.issues.flatMap(meant) })}`,
    );
  return parsed.data;
}

/** Of the ways in which a clause may be written, what is wrong with the one that it comes nearest to. */
function meant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ways = issue.errors.map((inner) => inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(meant));
  const depth = (way: z.core.$ZodIssue[]) => Math.max(...way.map(({ path }) => path.length));
  return ways.toSorted((a, b) => depth(b) - depth(a))[0] ?? [issue];
}
