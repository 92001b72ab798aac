import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { periodsIn, SchoolFile } from './school-file.ts';
import type { Member, Place, SchoolPlan } from './school-plan.ts';

/**
 * Reads a school from the YAML 1.2 text of its file (docs/set-up-a-school.md).
 * @throws Refusal('BadInput') that names the file and, for each thing that is wrong, its line, its place and the cure.
 */
export function readSchool(text: string, fileName: string): SchoolPlan {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) throw new Refusal('BadInput', `${fileName}, line ${lines.linePos(broken.pos[0]).line}: ${broken.message}`);
  const parsed = SchoolFile.safeParse(document.toJS() ?? {}, { error: missingOrUnquoted });
  if (parsed.success) return planOf(parsed.data);
  const wrong = parsed.error.issues.flatMap(sayings).map(({ path, cure }) => {
    const place = [`line ${lineOf(document, lines, path)}`, ...(path.length > 0 ? [placeOf(path)] : [])].join(', ');
    return { place, cure };
  });
  const said = wrong.map(({ place, cure }) => `  ${place}: ${cure}.`);
  throw new Refusal('BadInput', `${fileName} cannot be taken yet:\n${said.join('\n')}`);
}

/** What zod says of a thing that is not there, or that YAML read as a number or a date. */
const missingOrUnquoted: z.core.$ZodErrorMap = ({ code, input }) => {
  if (input === undefined) return 'It is missing: add it';
  if (code === 'invalid_type' && typeof input === 'number') return 'Put it in quotation marks';
  return undefined;
};

type Saying = { path: readonly PropertyKey[]; cure: string };

/** One cure an unknown key, so that each names its own line. */
function sayings(issue: z.core.$ZodIssue): Saying[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, cure: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    cure: 'Nothing of this name belongs here: mend it, or take it out',
  }));
}

/** The line of a thing; of what it should stand in, if it is missing. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = (node as { range?: [number, number, number] } | undefined)?.range;
  if (range) return lines.linePos(range[0]).line;
  return path.length === 0 ? 1 : lineOf(document, lines, path.slice(0, -1));
}

/** "staff 3, e-mail" for ['staff', 2, 'e-mail']: people count from one. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? ` ${part + 1}` : `, ${String(part)}`))
    .join('')
    .replace(/^, /, '');

function planOf(file: z.infer<typeof SchoolFile>): SchoolPlan {
  const { school: id, name, address, phone, email, authority, policy: packId, training, today, password, calendar } = file;
  return {
    ...{ id, name, address, phone, email, packId, authority: printed(authority) },
    trust: file.trust ?? null,
    recallMinutes: file['recall window'] ?? null,
    practice: training && today !== undefined ? { today, demo: password !== undefined, seed: null } : null,
    periods: periodsIn(calendar).map(({ period }) => period),
    staff: [...file.staff.map((one) => member(one, 'school')), ...file['authority staff'].map((one) => member(one, 'authority'))],
  };
}

const printed = ({ id, name, address, phone, email }: z.infer<typeof SchoolFile>['authority']): Place => ({
  ...{ id, name, address, phone, email },
});

const member = (
  {
    class: className,
    ...rest
  }: { name: string; email: string; role: Member['role']; active: boolean; class?: string | undefined },
  at: Member['at'],
): Member => ({ ...rest, className: className ?? null, at });
