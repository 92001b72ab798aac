import { z } from 'zod';
import { source } from './source.ts';

const amount = z.union([z.string(), z.int()]);

/** A value with a name, which the policy uses by it and a school of the trust may set for itself. */
export const Setting = z
  .strictObject({
    is: amount.describe('What it is where no school says otherwise: "97%", "10 school days", 3.'),
    'schools may set': z
      .strictObject({ from: amount, to: amount })
      .optional()
      .describe('Between which values, both included. Left out: no school may.'),
    source: source.optional(),
  })
  .describe('Used with { setting: its name } wherever such a value stands.');

type Amount = z.infer<typeof amount>;
type Settings = Record<string, z.infer<typeof Setting>>;

/** The name of the setting that stands here for a value; null if it is a value itself. */
export const settingHere = (value: unknown): string | null =>
  isMap(value) && Object.keys(value).length === 1 && typeof value.setting === 'string' ? value.setting : null;

/** The same text with each setting's value where its name stood. A name that nobody set is told to `missing`, with its path. */
export function withSettings(
  value: unknown,
  settings: Readonly<Record<string, unknown>>,
  missing: (path: readonly PropertyKey[], name: string) => void,
  path: readonly PropertyKey[] = [],
): unknown {
  const name = settingHere(value);
  if (name !== null) {
    const set = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (isMap(set) && 'is' in set) return set.is;
    missing(path, name);
    return value;
  }
  if (Array.isArray(value)) return value.map((one, i) => withSettings(one, settings, missing, [...path, i]));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      path.length === 0 && key === 'settings' ? one : withSettings(one, settings, missing, [...path, key]),
    ]),
  );
}

/** Why a school may not set this to that; null if it may. */
export function refusedSetting(settings: Settings, name: string, value: Amount): string | null {
  const set = Object.hasOwn(settings, name) ? settings[name] : undefined;
  const open = Object.keys(settings).filter((one) => settings[one]?.['schools may set']);
  if (!set?.['schools may set'])
    return `${set ? `The trust does not open "${name}" to its schools` : `The trust has no setting "${name}"`}. Open are: ${open.join(', ') || 'none'}`;
  const { from, to } = set['schools may set'];
  const [size, least, most] = [value, from, to].map(sizeOf);
  if (!size || !least || !most || size.unit !== least.unit || size.unit !== most.unit)
    return `"${name}" is written as the trust writes it: ${from} to ${to}`;
  return size.n < least.n || size.n > most.n ? `A school may set "${name}" from ${from} to ${to}, not to ${value}` : null;
}

/** How much of what an amount is: "97%" is 97 of %, "10 school days" 10 school days. */
function sizeOf(value: Amount): { n: number; unit: string } | null {
  const [, n, unit = ''] = /^(\d+(?:\.\d+)?) ?(%|[a-z][a-z ]*)?$/.exec(String(value)) ?? [];
  return n === undefined ? null : { n: Number(n), unit: unit.replace(/s$/, '') };
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
