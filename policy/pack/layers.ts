import type { z } from 'zod';
import { joinOf } from './joins.ts';
import { refusedIn } from './layer-refused.ts';
import { packWords } from './pack-words.ts';
import { isMap, settingHere, withSettings } from './settings.ts';
import { type SourceText, sourceText } from './source-text.ts';

/** Finds the policy that another one extends, by its id. */
export type BaseOf = (id: string) => { text: string; fileName: string } | undefined;

/** The file that says a clause; and if it names a setting, which one, and the file that gives it its value. */
export type Layer = { fileName: string; setting: { name: string; fileName: string } | null };

/** A policy's text as it is in force, with the layer that each clause of it came from. */
export type Layered = SourceText & {
  layerOf(path: readonly PropertyKey[]): Layer;
};

type Words = Record<string, unknown>;

/** The id of the policy that this text extends, if it is of a school within a trust. */
export function extendsOf(text: string, fileName: string): string | undefined {
  const { value } = sourceText(text, fileName);
  return isMap(value) && typeof value.extends === 'string' ? value.extends : undefined;
}

const Days = packWords.shape['in force'];

/** The days for which this text itself says that it is in force; undefined if it leaves them to the policy that it extends. */
export function daysSaid(text: string, fileName: string): z.infer<typeof Days> | undefined {
  const { value } = sourceText(text, fileName);
  return Days.safeParse(isMap(value) ? value['in force'] : undefined).data;
}

/**
 * A policy as it is in force: the trust's, with what the school's own says instead of it or besides, and each setting's value
 * in its place. A school says otherwise only what its trust leaves to it; the law has no words in either. What is wrong is
 * said with its place, not thrown.
 */
export function layered(text: string, fileName: string, baseOf: BaseOf = () => undefined): Layered {
  const own = sourceText(text, fileName);
  if (own.broken || !isMap(own.value) || own.value.extends === undefined) return inForce(own, own);
  const wrong = (path: readonly PropertyKey[], why: string, cure: string): Layered =>
    inForce({ ...own, broken: { place: own.placeOf(path), why, cure } }, own);
  const named = String(own.value.extends);
  if (named === own.value.pack) return wrong(['extends'], 'It extends itself', 'Name the trust’s policy');
  const found = baseOf(named);
  if (!found) return wrong(['extends'], `There is no policy "${named}" here`, 'Mend the name, or add that policy first');
  const trusts = sourceText(found.text, found.fileName);
  if (trusts.broken || !isMap(trusts.value)) return inForce(trusts, trusts);
  if (trusts.value.extends !== undefined)
    return wrong(['extends'], `"${named}" extends another policy itself`, 'Extend the trust’s own policy');
  const no = refusedIn(own.value, trusts.value, named);
  return no ? wrong(no.path, no.why, no.cure) : inForce(own, trusts);
}

function inForce(own: SourceText, trusts: SourceText): Layered {
  const value = joined(own, trusts);
  const settings = isMap(value) && isMap(value.settings) ? value.settings : {};
  const missing: { path: readonly PropertyKey[]; name: string }[] = [];
  const whole = withSettings(value, settings, (path, name) => missing.push({ path, name }));
  const home = homeIn(own, trusts);
  const placeOf: SourceText['placeOf'] = (path) => {
    const [source, there] = home(path);
    return source.placeOf(there);
  };
  const names = Object.keys(settings).join(', ') || 'none';
  const [first] = missing;
  const unset = first && {
    ...{ place: placeOf(first.path), why: `There is no setting "${first.name}"`, cure: `Name one that there is: ${names}` },
  };
  return {
    ...{ fileName: own.fileName, value: whole, broken: own.broken ?? unset ?? null, placeOf },
    layerOf(path) {
      const name = settingHere(path.reduce<unknown>(within, value));
      const fileOf = (there: readonly PropertyKey[]) => home(there)[0].fileName;
      return { fileName: fileOf(path), setting: name === null ? null : { name, fileName: fileOf(['settings', name]) } };
    },
  };
}

const within = (value: unknown, key: PropertyKey): unknown => (value as Record<PropertyKey, unknown> | null | undefined)?.[key];

/** Both layers as one. The trust's examples, and what its document says of the law, are of the trust's policy alone. */
function joined(own: SourceText, trusts: SourceText): unknown {
  if (own === trusts || !isMap(own.value) || !isMap(trusts.value)) return own.value;
  const { examples: _, states: __, ...value }: Words = trusts.value;
  for (const [part, said] of Object.entries(own.value)) value[part] = joinedPart(part, said, value[part]);
  return value;
}

function joinedPart(part: string, said: unknown, trusts: unknown): unknown {
  if (part === 'settings' && isMap(said) && isMap(trusts))
    return {
      ...trusts,
      ...Object.fromEntries(Object.entries(said).map(([name, is]) => [name, { ...(within(trusts, name) as Words), is }])),
    };
  const join = joinOf(part);
  if (join === 'by name' && isMap(said) && isMap(trusts)) return { ...trusts, ...said };
  if (join === 'behind' && Array.isArray(said) && Array.isArray(trusts)) return [...trusts, ...said];
  return said;
}

/** Where the clause of a path in the joined policy stands: in which layer, and by which path there. */
const homeIn =
  (own: SourceText, trusts: SourceText) =>
  (path: readonly PropertyKey[]): [SourceText, readonly PropertyKey[]] => {
    const [part, name, ...rest] = path;
    if (own === trusts || part === undefined) return [own, path];
    const [mine, theirs] = [within(own.value, part), within(trusts.value, part)];
    if (mine === undefined) return [trusts, path];
    if (theirs === undefined || name === undefined) return [own, path];
    if (part === 'settings') return within(mine, name) === undefined ? [trusts, path] : [own, [part, name]];
    if (joinOf(part) === 'by name') return [within(mine, name) === undefined ? trusts : own, path];
    if (joinOf(part) === 'instead' || !Array.isArray(theirs)) return [own, path];
    const place = Number(name) - theirs.length;
    return place < 0 ? [trusts, path] : [own, [part, place, ...rest]];
  };
