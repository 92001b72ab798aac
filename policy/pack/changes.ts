/**
 * A sentence, and what it is about: of two versions those that are about the same are one sentence that changed. `raw` is what the
 * file has of it, where that may say more than the sentence.
 */
export type Said = { about: string; says: string; raw?: unknown };

/** A part of a thing: what a file has of it, and that in sentences. */
export type Part<Of> = { raw: (of: Of) => unknown; said: (of: Of) => Said[] };

/** Sentences with what each is about; where that is not said, with themselves, so that none of them is another one's change. */
export const about = (sentences: readonly string[], abouts: readonly string[]): Said[] =>
  sentences.map((says, i) => ({ about: abouts[i] ?? says, says }));

/** The same, each with what the file has of it. */
export const aboutRaw = (sentences: readonly string[], abouts: readonly string[], raw: readonly unknown[]): Said[] =>
  about(sentences, abouts).map((one, i) => ({ ...one, raw: raw[i] }));

/** True if a sentence stayed as it was, and the file has something else of it now. */
export function changedInSilence(before: readonly Said[], after: readonly Said[]): boolean {
  const words = ({ about, says }: Said) => JSON.stringify([about, says]);
  const whole = (one: Said) => JSON.stringify([one.about, one.says, one.raw]);
  const [said, known] = [new Set(before.map(words)), new Set(before.map(whole))];
  return after.some((one) => one.raw !== undefined && said.has(words(one)) && !known.has(whole(one)));
}

/** What became of a sentence, or of the order of several. */
export type Change =
  | { kind: 'new'; now: string }
  | { kind: 'gone'; was: string }
  | { kind: 'changed'; was: string; now: string }
  | { kind: 'moved'; now: string[] };

/** What is new, gone, changed or in another order in a list of sentences. One that stayed where it was is not spoken of. */
export function changesOf(before: readonly Said[], after: readonly Said[]): Change[] {
  const [was, keptBefore] = parted(before, after);
  const [now, keptAfter] = parted(after, before);
  const changes = was.map((one): Change => {
    const at = now.findIndex(({ about }) => about === one.about);
    const [found] = at < 0 ? [] : now.splice(at, 1);
    return found ? { kind: 'changed', was: one.says, now: found.says } : { kind: 'gone', was: one.says };
  });
  const moved = keptBefore.some(({ says }, i) => says !== keptAfter[i]?.says);
  return [
    ...changes,
    ...now.map(({ says }) => ({ kind: 'new' as const, now: says })),
    ...(moved ? [{ kind: 'moved' as const, now: after.map(({ says }) => says) }] : []),
  ];
}

/** The sentences of one list that the other has not, or not so often; and those that it has. */
function parted(some: readonly Said[], others: readonly Said[]): [Said[], Said[]] {
  const left = others.map(({ says }) => says);
  const [own, shared]: [Said[], Said[]] = [[], []];
  for (const one of some) {
    const at = left.indexOf(one.says);
    if (at >= 0) left.splice(at, 1);
    (at < 0 ? own : shared).push(one);
  }
  return [own, shared];
}
