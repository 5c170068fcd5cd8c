import { queryOptions } from '@tanstack/react-query';
import type { Graph } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { call, unwrap } from '../../../shared/client/client.ts';

/** What conversations did in a scenario: how many were in each block and fell silent there, and where they went from it. */
export interface Traffic {
  /** Conversations that came through the block that most came through: the first one, as a rule. */
  conversations: number;
  blocks: ReadonlyMap<string, { visited: number; leftHere: number }>;
  /** By block and the one behind it. */
  ways: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;
const wayKey = (block: string, next: string): string => `${block}\n${next}`;

/** The traffic of so many days, today included, in the zone that `dayOf` counts days in. Versions with the same block ids count together. */
export const trafficQuery = (
  scenario: string,
  { days, zone, dayOf }: { days: number; zone: string; dayOf: (at: number) => string },
) => {
  const now = Date.now();
  const query = {
    from: dayOf(now - (days - 1) * DAY_MS),
    to: dayOf(now + DAY_MS),
    zone,
    bucket: 'all' as const,
    scenario,
  };
  return queryOptions({
    queryKey: ['traffic', scenario, query],
    queryFn: async (): Promise<Traffic> => {
      const [blocks, ways] = await Promise.all([
        call('GET /api/v1/reports/:name', { params: { name: 'scenario-blocks' }, query }).then(unwrap),
        call('GET /api/v1/reports/:name', { params: { name: 'scenario-paths' }, query }).then(unwrap),
      ]);
      return {
        conversations: Math.max(0, ...blocks.rows.map(({ figures }) => figures['visited'] ?? 0)),
        blocks: new Map(
          blocks.rows.map(({ keys, figures }) => [
            keys['block'] ?? '',
            { visited: figures['visited'] ?? 0, leftHere: figures['leftHere'] ?? 0 },
          ]),
        ),
        ways: new Map(
          ways.rows.map(({ keys, figures }) => [
            wayKey(keys['block'] ?? '', keys['next'] ?? ''),
            figures['wentOn'] ?? 0,
          ]),
        ),
      };
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
};

/** At the chips of the canvas, by block and way: how often conversations went there. Ways to the same block are one and say the same. */
export function countAtWays(graph: Graph, { ways }: Traffic, write: (count: number) => string): Map<string, string> {
  return new Map(
    graph.blocks.flatMap(({ id, exits }) =>
      exits.flatMap(({ name, target }): [string, string][] =>
        target === undefined ? [] : [[`${id}: ${name}`, write(ways.get(wayKey(id, target)) ?? 0)]],
      ),
    ),
  );
}
