import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { Day } from '../../policy/calendar/day.ts';

const require = createRequire(import.meta.url);
const source = readFileSync(new URL('./letter.typ', import.meta.url), 'utf8');

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

/**
 * An accessible, tagged PDF (PDF/UA-1) of a letter. `data` is shown as text, never read as markup.
 * The same data and day give the same bytes.
 */
export function letterPdf(data: object, issuedOn: Day): Uint8Array {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts.map(([family, file]) => fontFile(family, file)) }] });
  const inputs = { letter: JSON.stringify(data) };
  const made = { pdfStandard: PdfStandard.UA_1, creationTimestamp: Date.parse(`${issuedOn}T00:00:00Z`) / 1000 };
  const pdf = compiler.pdf({ mainFileContent: source, inputs }, made);
  compiler.evictCache(remembered);
  return pdf;
}
