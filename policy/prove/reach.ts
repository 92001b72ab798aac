/** A place that can be come to, with the step that led to it first: the shortest way, since they are found in that order. */
export type Reached<Place> = Place & Came<Place>;
type Came<Place> = { from: Reached<Place> | null; says: string; key: string };

/**
 * Goes to every place, breadth first, until nothing new comes or the bound is reached. Places with the same key are one.
 * `next` is asked once of each place, in the order in which they were found.
 */
export function reach<At extends { key: string }>(
  starts: readonly At[],
  next: (at: At) => Iterable<At>,
  most: number,
): { nodes: readonly At[]; whole: boolean } {
  const seen = new Set<string>();
  const nodes: At[] = [];
  const add = (one: At) => {
    if (seen.has(one.key) || nodes.length >= most) return;
    seen.add(one.key);
    nodes.push(one);
  };
  starts.forEach(add);
  for (let i = 0; i < nodes.length; i++) for (const one of next(nodes[i] as At)) add(one);
  return { nodes, whole: nodes.length < most };
}

/** How a place was come to, a step a line. */
export function pathTo<Place>(place: Reached<Place>): string[] {
  const path: string[] = [];
  for (let at: Reached<Place> | null = place; at; at = at.from) path.unshift(at.says);
  return path;
}
