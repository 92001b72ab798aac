import { Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Layered } from '../../policy/pack/layers.ts';

type Path = readonly PropertyKey[];
type LayerOf = Layered['layerOf'];

/** What is in force as YAML, where each part says the layer that it came from: before a part, or behind a value that a setting gave. */
export function explained(value: unknown, layerOf: LayerOf): string {
  const document = new Document(value);
  if (document.contents) {
    const [only, ...others] = layersIn(document.contents, [], layerOf);
    const whole = others.length === 0 ? (only ?? '') : '';
    if (whole !== '') document.commentBefore = ` All by ${whole}`;
    say(document.contents, [], whole, layerOf);
  }
  return document.toString({ lineWidth: 120 });
}

function say(node: Node, path: Path, above: string, layerOf: LayerOf): void {
  if (isScalar(node)) {
    const { setting } = layerOf(path);
    if (setting) node.comment = ` setting "${setting.name}", by ${setting.fileName}`;
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
