import { z } from 'zod';
import { joins } from './joins.ts';
import { isMap, refusedSetting, Setting } from './settings.ts';

type Words = Readonly<Record<string, unknown>>;

/** What a school says and may not: where, why, and what to do. */
export type LayerRefused = { path: PropertyKey[]; why: string; cure: string };

/** What a school always says itself, whatever its trust leaves to it. */
const always = ['pack', 'title', 'in force', 'source', 'extends', 'settings', 'examples'];

/** The first thing in a school's policy that its trust does not leave to it; null if there is none. */
export function refusedIn(own: Words, trusts: Words, named: string): LayerRefused | null {
  const open = Array.isArray(trusts['schools may write']) ? trusts['schools may write'].map(String) : [];
  const part = Object.keys(own).find((one) => !always.includes(one) && !open.includes(one) && isTrusts(one, trusts));
  if (part !== undefined)
    return {
      path: [part],
      why: `The policy "${named}" does not leave "${part}" to its schools`,
      cure: `Take it out. Schools may write: ${open.join(', ') || 'nothing'}`,
    };
  return own.settings === undefined ? null : settingRefused(own.settings, trusts.settings);
}

/** A word that the language has, so that the trust decides who says it. What is no word of it is refused as such. */
const isTrusts = (part: string, trusts: Words): boolean =>
  Object.hasOwn(joins, part) || Object.hasOwn(trusts, part) || part === 'schools may write';

function settingRefused(said: unknown, trusts: unknown): LayerRefused | null {
  const set = z.record(z.string(), z.union([z.string(), z.int()])).safeParse(said);
  if (!set.success)
    return {
      path: ['settings'],
      why: 'A school gives a setting its value',
      cure: 'Write its name and the value: early outreach: "96%"',
    };
  const settings = z.record(z.string(), Setting).safeParse(isMap(trusts) ? trusts : {});
  // What is wrong with the trust's own is said of the trust's own.
  if (!settings.success) return null;
  for (const [name, value] of Object.entries(set.data)) {
    const why = refusedSetting(settings.data, name, value);
    if (why) return { path: ['settings', name], why, cure: 'Mend it here, or ask the trust to open it' };
  }
  return null;
}
