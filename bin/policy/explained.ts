import { Document, isMap, isScalar, isSeq, type Node } from 'yaml';

type Path = readonly PropertyKey[];

/** Which layer says the clause of a path, and whose setting gave its value. */
export type LayerOf = (path: Path) => { fileName: string; setting: string | null; settingOf: string | null };

/** What is in force as YAML, where each part says the layer that it came from: before a part, or behind a value that a setting gave. */
export function explained(value: unknown, layerOf: LayerOf): string {
  const document = new Document(value);
  if (document.contents) say(document.contents, [], '', layerOf);
  return document.toString({ lineWidth: 120 });
}

function say(node: Node, path: Path, above: string, layerOf: LayerOf): void {
  if (isScalar(node)) {
    const { setting, settingOf } = layerOf(path);
    if (setting !== null) node.comment = ` setting "${setting}", by ${settingOf}`;
    return;
  }
  for (const [key, child, before] of within(node)) {
    const there = [...path, key];
    const layers = layersIn(child, there, layerOf);
    const [only] = layers.size === 1 ? layers : [];
    if (only !== undefined && only !== above) before.commentBefore = ` by ${only}`;
    say(child, there, only ?? above, layerOf);
  }
}

/** What stands within a map or a list: its key, itself, and where a comment on it goes. */
function within(node: Node): [PropertyKey, Node, Node][] {
  if (isSeq(node)) return node.items.map((item, i) => [i, item as Node, item as Node]);
  if (!isMap(node)) return [];
  return node.items.map(({ key, value }) => [String((key as { value: unknown }).value), value as Node, key as Node]);
}

function layersIn(node: Node, path: Path, layerOf: LayerOf): Set<string> {
  const inner = within(node);
  if (inner.length === 0) return new Set([layerOf(path).fileName]);
  return new Set(inner.flatMap(([key, child]) => [...layersIn(child, [...path, key], layerOf)]));
}
