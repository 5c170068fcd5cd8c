import { isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { SourcePath } from '../problems/finding.ts';
import type { ScalarStyle } from './render-value.ts';

export type MapNode = YAMLMap<Node, Node | null>;
export type MapPair = Pair<Node, Node | null>;
export type ListNode = YAMLSeq<Node>;

/** The nodes of a source that `readSource` has found nothing wrong with. */
export function readTree(source: string): Node | null {
  return parseDocument(source, { stringKeys: true, uniqueKeys: false, logLevel: 'silent' }).contents;
}

export function findNode(tree: Node | null, path: SourcePath): Node | undefined {
  let node: Node | null | undefined = tree;
  for (const step of path) {
    if (isMap<Node, Node | null>(node)) node = findPair(node, String(step))?.value;
    else if (isSeq<Node>(node) && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node ?? undefined;
}

export function findPair(map: MapNode, key: string): MapPair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

export function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

/** Where a pair's value ends, or its key where it has none. */
export function endOf({ key, value }: MapPair): number {
  return value?.range?.[1] ?? key.range?.[1] ?? 0;
}

export function isFlow(map: MapNode): boolean {
  return map.flow === true;
}

export function styleOf(node: Node | null | undefined): ScalarStyle {
  if (!isScalar(node)) return 'plain';
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  return node.type === 'QUOTE_SINGLE' ? 'single' : 'plain';
}

export function findList(tree: Node | null, path: SourcePath): ListNode | undefined {
  const node = findNode(tree, path);
  return isSeq<Node>(node) ? node : undefined;
}
