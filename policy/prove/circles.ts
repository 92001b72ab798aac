import type { Explored, Node } from './explore.ts';
import type { Refute } from './properties.ts';

/**
 * No case goes round while nobody decides anything and the register says the same: where days alone lead back to the same situation,
 * no stage was entered on the way. Looked for from each situation in the order in which they were found, so that the way is the shortest.
 */
export function neverRound({ nodes, passing }: Explored, refute: Refute): void {
  const looked = new Set<string>();
  for (const node of nodes) {
    const path = pathFrom(node, passing, looked);
    const back = path.at(-1) === undefined ? -1 : path.indexOf(passing.get(path.at(-1) as string)?.to ?? '');
    if (back < 0) continue;
    const round = path.slice(back);
    const enters = round.flatMap((key) => passing.get(key)?.enters ?? []);
    const first = nodes.find(({ key }) => round.includes(key));
    if (enters.length > 0 && first)
      refute('rest', first, 'Days pass, nobody decides anything, and the case goes round', enters.join(', '));
  }
}

/** Where days alone lead from here, as far as nobody looked yet. */
function pathFrom({ key: start }: Node, passing: Explored['passing'], looked: Set<string>): string[] {
  const path: string[] = [];
  for (let key: string | undefined = start; key !== undefined && !looked.has(key); key = passing.get(key)?.to) {
    looked.add(key);
    path.push(key);
  }
  return path;
}
