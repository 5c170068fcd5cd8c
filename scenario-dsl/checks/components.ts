interface Edge {
  from: string;
  to: string;
}

/**
 * Strongly connected components: two nodes have the same number where each leads to the other. Kosaraju's algorithm: the
 * nodes in the order in which a search leaves them, then, last first, who leads to each.
 */
export function findComponents(edges: readonly Edge[]): Map<string, number> {
  const forward = linksOf(edges.map(({ from, to }) => [from, to]));
  const backward = linksOf(edges.map(({ from, to }) => [to, from]));
  const seen = new Set<string>();
  const left = [...forward.keys()].flatMap((node) => search(forward, node, seen));
  const componentOf = new Map<string, number>();
  const assigned = new Set<string>();
  left.toReversed().forEach((node, number) => {
    for (const member of search(backward, node, assigned)) componentOf.set(member, number);
  });
  return componentOf;
}

type Links = ReadonlyMap<string, readonly string[]>;

function linksOf(pairs: readonly (readonly [string, string])[]): Links {
  const links = new Map<string, string[]>();
  const linksFrom = (node: string): string[] => {
    const known = links.get(node) ?? [];
    links.set(node, known);
    return known;
  };
  for (const [from, to] of pairs) {
    linksFrom(from).push(to);
    linksFrom(to);
  }
  return links;
}

/** What is reached from a node and was not seen before, in the order in which it is left. Depth first, with a stack of its own. */
function search(links: Links, start: string, seen: Set<string>): string[] {
  const left: string[] = [];
  const trail: { node: string; rest: string[] }[] = [];
  const enter = (node: string): void => {
    if (seen.has(node)) return;
    seen.add(node);
    trail.push({ node, rest: [...(links.get(node) ?? [])] });
  };
  enter(start);
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const next = top.rest.pop();
    if (next === undefined) left.push(trail.pop()?.node ?? '');
    else enter(next);
  }
  return left;
}
