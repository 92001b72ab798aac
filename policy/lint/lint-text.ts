import type { z } from 'zod';
import { AsWritten } from '../pack/as-written.ts';
import { issuesMeant } from '../pack/issues-meant.ts';
import { type BaseOf, layered } from '../pack/layers.ts';
import { cutOffIn, type Place } from '../pack/source-text.ts';
import type { Finding } from './finding.ts';
import { lint } from './lint.ts';

/** A finding with where it stands, and the clause as a person names it. */
export type Placed = Omit<Finding, 'path'> & Place & { clause: string };

/**
 * Lints the text of a pack. A text that is no pack has findings as well: what is wrong with it, each at its place. It is read as a
 * document has it, unless it has to be one that a school could run.
 */
export function lintText(text: string, fileName: string, baseOf?: BaseOf, as: z.ZodType<AsWritten> = AsWritten): Placed[] {
  const source = layered(text, fileName, baseOf);
  if (source.broken) {
    const { place, why, cure } = source.broken;
    return [{ rule: 'not-yaml', severity: 'error', why, cure, clause: '', ...place }];
  }
  const parsed = as.safeParse(source.value, { reportInput: true });
  const findings = parsed.success
    ? lint(parsed.data)
    : issuesMeant(parsed.error).map(({ path, message }) => ({
        ...{ rule: 'not-a-pack', severity: 'error' as const, path, why: message },
        cure: 'Write it in the words of the policy language',
      }));
  const cutOff = cutOffIn(text, fileName).map(({ said, place }) => ({
    ...{ rule: 'text-cut-off', severity: 'warning' as const, why: `The text ends with "${said}": a # begins a comment` },
    ...{ cure: 'Put the text in quotation marks, with what follows if it belongs to it', clause: '', ...place },
  }));
  return findings
    .map(({ path, ...finding }) => ({ ...finding, clause: path.map(String).join(' / '), ...source.placeOf(path) }))
    .concat(cutOff)
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** True of a finding for which a text is no policy at all. */
export const isNoPack = ({ rule }: Placed): boolean => rule === 'not-yaml' || rule === 'not-a-pack';
