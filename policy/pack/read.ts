import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { issuesMeant } from './issues-meant.ts';
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
      `${fileName} is not a policy pack we can follow:\n${z.prettifyError({ issues: issuesMeant(parsed.error) })}`,
    );
  return parsed.data;
}
