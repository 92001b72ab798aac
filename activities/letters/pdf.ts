import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';

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

/** An accessible, tagged PDF (PDF/UA-1) of a letter. `data` is shown as text, never read as markup. */
export function letterPdf(data: object): Uint8Array {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts.map(([family, file]) => fontFile(family, file)) }] });
  return compiler.pdf({ mainFileContent: source, inputs: { letter: JSON.stringify(data) } }, { pdfStandard: PdfStandard.UA_1 });
}
