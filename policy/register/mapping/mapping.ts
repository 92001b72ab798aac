import { z } from 'zod';
import { Refusal } from '../../refusal.ts';
import { codeTable } from '../codes.ts';
import { columnsOf, type ImportKind, importKinds } from '../csv-forms.ts';
import { dateForms } from './dates.ts';
import { neededFields } from './form.ts';

const Name = z.string().trim().min(1);
/** What a file calls a column: one name, or several of which the first that it has is taken. */
const Names = z.union([Name, z.array(Name).min(1)]);

const Part = z.strictObject({
  column: Names,
  /** What our form says for what the file says; "*" is anything else. */
  values: z.record(z.string(), z.string()).optional(),
  /** What our form says for an empty cell. */
  empty: z.string().optional(),
  /** "O’Brien, Siân" is "Siân O’Brien". */
  swap: z.boolean().optional(),
  /** A file may lack the column. */
  optional: z.boolean().optional(),
});

const Joined = z.strictObject({
  join: z.array(z.union([Names, Part])).min(1),
  with: z.string().default(' '),
  /** Empty if one of its parts is. */
  whole: z.boolean().default(false),
});
const Source = z.union([Names, Part, Joined]);

const Wide = z.strictObject({
  /** Whether a column's heading names date and session, each date stands over two columns in turn, or a cell holds both codes. */
  sessions: z.enum(['heading', 'turns', 'both']).default('heading'),
  am: z.array(Name).default(['AM', 'Morning']),
  pm: z.array(Name).default(['PM', 'Afternoon']),
  /** For headings without a year: the year in which the school year begins. */
  'school year': z.int().min(2000).max(2100).optional(),
});

const Weekly = z.strictObject({
  /** The column with the Monday of the week, or the Monday itself for a file of one week. */
  week: z.union([Names, z.strictObject({ monday: z.iso.date() })]),
  marks: Names,
  /** A code is a sign and the figure after it, so they need nothing between them; or what stands between them. */
  split: z.string().min(1).default('codes'),
  days: z.union([z.literal(5), z.literal(7)]).default(5),
});

const Code = z.string().refine((code) => code === '-' || codeTable.some((one) => one.code === code), {
  error: 'Use a code of the national table, or "-" for a missing mark',
});

const MappingShape = z.strictObject({
  mapping: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Use small letters, figures and hyphens'),
  title: z.string().min(1),
  /** Where it is known from that files look like this. */
  'rests on': z.string().min(1),
  kind: z.enum(importKinds),
  /** Why known marks are corrected by such a file, where its rows give no reason and whoever brings it neither. */
  reason: z.string().trim().min(1).max(300).optional(),
  shape: z.enum(['long', 'wide', 'weekly']).default('long'),
  dates: z.enum(dateForms).default('iso'),
  encoding: z.enum(['utf-8', 'windows-1252']).optional(),
  /** The sheet of a workbook; the first that has something written in it, unless named. */
  sheet: z.string().optional(),
  heading: z
    .strictObject({ row: z.int().min(1).max(1_000).optional(), rows: z.union([z.literal(1), z.literal(2)]).default(1) })
    .default({ rows: 1 }),
  columns: z.record(z.string(), Source),
  constants: z.record(z.string(), z.string()).default({}),
  /** Columns that are not read: their names, or all others. */
  ignore: z.union([z.literal('others'), z.array(Name)]).default([]),
  /** What stands for a mark that was not made, as an empty cell does if '' is among them. */
  missing: z.array(z.string()).default(['', '-']),
  /** What stands where the pupil has no such session: no mark is taken from it, not even a missing one. */
  unsaid: z.array(z.string()).default([]),
  /** Our code for the file's, where they differ; one for the morning and one for the afternoon if they differ by that. */
  codes: z.record(z.string(), z.union([Code, z.strictObject({ AM: Code, PM: Code })])).default({}),
  wide: Wide.optional(),
  weekly: Weekly.optional(),
});

/** How a source's file is read into one of our forms. It is plain data: what was parsed can be stored and parsed again. */
export const Mapping = MappingShape.superRefine((mapping, ctx) => {
  const wrong = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
  const { kind, shape, columns, constants } = mapping;
  const { all } = columnsOf(kind);
  if (shape !== 'long' && kind !== 'marks') wrong(['shape'], `A ${kind} file has a row for each: its shape is long`);
  if (shape === 'weekly' && !mapping.weekly) wrong(['weekly'], 'Say which columns hold the week and its marks');
  if (mapping.reason !== undefined && kind !== 'marks') wrong(['reason'], `Only marks are corrected: a ${kind} file needs none`);
  for (const one of ['wide', 'weekly'] as const)
    if (mapping[one] && shape !== one) wrong([one], `This is for the shape "${one}"`);
  for (const [place, given] of Object.entries({ columns, constants }))
    for (const field of Object.keys(given))
      if (!all.includes(field)) wrong([place, field], `A ${kind} file has no column "${field}". It has: ${all.join(', ')}`);
      else if (shape !== 'long' && unfolded.includes(field)) wrong([place, field], 'The shape gives it: leave it out here');
  for (const field of Object.keys(constants)) if (field in columns) wrong(['constants', field], 'It has a column already');
  for (const field of fieldsNeeded(mapping))
    if (!(field in columns) && !(field in constants)) wrong(['columns'], `Say which column gives "${field}"`);
  for (const sign of mapping.unsaid) if (mapping.missing.includes(sign)) wrong(['unsaid'], `"${sign}" stands for a missing mark`);
});

export type Mapping = z.infer<typeof Mapping>;
export type Part = z.infer<typeof Part>;
export type Source = z.infer<typeof Source>;

/** What a wide or weekly file says by place, not by a column. */
const unfolded = ['date', 'session', 'code'];

function fieldsNeeded({ kind, shape }: z.infer<typeof MappingShape>): string[] {
  const needed = kind === 'marks' ? [...new Set([...neededFields(kind), 'code'])] : neededFields(kind);
  return shape === 'long' ? needed : needed.filter((field) => !unfolded.includes(field));
}

/** @throws Refusal('BadInput') if a mapping reads another kind of file. */
export function mustBeFor({ mapping, kind }: Mapping, wanted: ImportKind): void {
  if (kind !== wanted) throw new Refusal('BadInput', `The mapping "${mapping}" is for a ${kind} file: choose one for ${wanted}`);
}

export const namesIn = (names: z.infer<typeof Names>): string[] => (typeof names === 'string' ? [names] : names);

/** The columns that make a cell of our form, what stands between them, and whether it takes all of them to make it. */
export function partsOf(source: Source): { parts: Part[]; between: string; whole: boolean } {
  const part = (one: string | string[] | Part): Part => (typeof one === 'string' || Array.isArray(one) ? { column: one } : one);
  if (typeof source !== 'object' || Array.isArray(source) || !('join' in source))
    return { parts: [part(source)], between: '', whole: false };
  return { parts: source.join.map(part), between: source.with, whole: source.whole };
}
