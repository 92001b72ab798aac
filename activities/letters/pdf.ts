import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { Day } from '../../policy/calendar/day.ts';
import type { Enclosure, PrintedLetter } from '../../policy/letters/printed.ts';
import type { PolicyPaper } from '../../policy/pack/policy-paper.ts';

const require = createRequire(import.meta.url);
const workspace = fileURLToPath(new URL('.', import.meta.url));

/** Fonts come with the product: a letter looks the same on every machine. */
const fonts = [
  ['noto-sans', '400Regular/NotoSans_400Regular.ttf'],
  ['noto-sans', '600SemiBold/NotoSans_600SemiBold.ttf'],
  ['noto-sans', '700Bold/NotoSans_700Bold.ttf'],
  ['noto-sans-arabic', '400Regular/NotoSansArabic_400Regular.ttf'],
] as const;

const fontFile = (family: string, file: string): Buffer =>
  readFileSync(join(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), file));

let compiler: NodeCompiler | undefined;

/** How many letters back the compiler remembers its work: it gains little from more, and without an end it grows without one. */
const remembered = 2;

/** An accessible, tagged PDF (PDF/UA-1) of a letter. The same letter and day give the same bytes. */
export const letterPdf = (letter: PrintedLetter, issuedOn: Day): Uint8Array =>
  pdfOf('letter.typ', letter, { creationTimestamp: Date.parse(`${issuedOn}T00:00:00Z`) / 1000 });

/** The same of what goes with a letter. The same words give the same bytes, on any day, so it is made once. */
export function enclosurePdf(enclosure: Enclosure): Uint8Array {
  const said = JSON.stringify(enclosure);
  const known = enclosures.get(said);
  if (known) return known;
  if (enclosures.size >= enclosuresKept) enclosures.clear();
  const pdf = pdfOf('enclosure.typ', enclosure);
  enclosures.set(said, pdf);
  return pdf;
}

/** Each is some 25 kB, and a school has one. */
const enclosuresKept = 50;
const enclosures = new Map<string, Uint8Array>();

/** The same of a policy. The same words give the same bytes. */
export const policyPdf = (policy: PolicyPaper): Uint8Array =>
  pdfOf('policy.typ', policy, { creationTimestamp: Date.parse(`${policy.inForce}T00:00:00Z`) / 1000 });

/** `data` is shown as text, never read as markup. */
function pdfOf(template: string, data: object, made: { creationTimestamp?: number } = {}): Uint8Array {
  compiler ??= NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: fonts.map(([family, file]) => fontFile(family, file)) }],
  });
  const document = { mainFilePath: join(workspace, template), inputs: { document: JSON.stringify(data) } };
  const pdf = compiler.pdf(document, { pdfStandard: PdfStandard.UA_1, ...made });
  compiler.evictCache(remembered);
  return pdf;
}
