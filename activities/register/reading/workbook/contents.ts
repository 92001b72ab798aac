import path from 'node:path';
import { type Parts, refusedWorkbook } from './parts.ts';
import { readAllXml } from './xml.ts';

export type SheetPart = { name: string; part: string; hidden: boolean };
export type Contents = { sheets: SheetPart[]; from1904: boolean; strings: string | undefined; styles: string | undefined };

/** What a workbook is made of: its sheets in their order, and where the texts and styles of their cells are. */
export async function contentsOf(parts: Parts): Promise<Contents> {
  const root = (await linksOf(parts, '_rels/.rels', '')).find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (!parts.has(root) || !root.endsWith('.xml'))
    throw refusedWorkbook(
      'This is no workbook of the newer kind: save it as “Excel workbook (.xlsx)” or “CSV UTF-8 (comma delimited)”',
    );
  const folder = path.posix.dirname(root);
  const links = await linksOf(parts, `${folder}/_rels/${path.posix.basename(root)}.rels`, folder);
  const sheets: SheetPart[] = [];
  let from1904 = false;
  await readAllXml(await parts.open(root), {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (tag !== 'sheet') return;
      const { part } = links.find(({ id }) => id === idOf(attributes)) ?? {};
      const hidden = (attributes.state ?? 'visible') !== 'visible';
      if (part !== undefined) sheets.push({ name: attributes.name ?? '', part, hidden });
    },
  });
  const partOf = (kind: string) => links.find(({ type }) => type === kind)?.part;
  return { sheets, from1904, strings: partOf('sharedStrings'), styles: partOf('styles') };
}

type Link = { id: string; type: string; part: string };

/** The relation's id has a prefix of the writer's choice. */
const idOf = (attributes: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];

async function linksOf(parts: Parts, name: string, folder: string): Promise<Link[]> {
  const links: Link[] = [];
  if (!parts.has(name)) return links;
  await readAllXml(await parts.open(name), {
    open(tag, { Id = '', Type = '', Target = '' }) {
      if (tag !== 'Relationship') return;
      const part = Target.startsWith('/') ? Target.slice(1) : path.posix.normalize(path.posix.join(folder, Target));
      links.push({ id: Id, type: path.posix.basename(Type), part });
    },
  });
  return links;
}
