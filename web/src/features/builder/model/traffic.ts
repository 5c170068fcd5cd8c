import { queryOptions } from '@tanstack/react-query';
import type { Graph } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { call, unwrap } from '../../../shared/client/client.ts';

/** What conversations did in a scenario: how many were in each block and fell silent there, and where they went from it. */
export interface Traffic {
  /** Conversations that came through the block that most came through: the first one, as a rule. */
  conversations: number;
  blocks: ReadonlyMap<string, { visited: number; leftHere: number }>;
  /** How often each block was left, by which way and to which one. */
  ways: readonly TakenWay[];
}

interface TakenWay {
  block: string;
  /** As the scenario names it; empty where the history does not tell. */
  exit: string;
  next: string;
  count: number;
}

const DAY_MS = 86_400_000;

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
        ways: ways.rows.map(({ keys, figures }) => ({
          block: keys['block'] ?? '',
          exit: keys['exit'] ?? '',
          next: keys['next'] ?? '',
          count: figures['wentOn'] ?? 0,
        })),
      };
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
};

/**
 * At the chips of the canvas, by block and way: how often conversations went there. Branches to the same block whose names on the canvas
 * are not those of the history share what went there by none of the others.
 */
export function countAtWays(graph: Graph, { ways }: Traffic, write: (count: number) => string): Map<string, string> {
  return new Map(
    graph.blocks.flatMap(({ id, exits }) => {
      const left = ways.filter(({ block }) => block === id);
      const names = new Set(exits.map(({ name }) => name));
      return exits.flatMap(({ name, target, kind }): [string, string][] => {
        if (target === undefined) return [];
        const isAlone = exits.filter((other) => other.target === target).length === 1;
        const isOurs = ({ exit, next }: TakenWay): boolean =>
          next === target && (exit === name || (!names.has(exit) && (isAlone || kind === 'branch')));
        return [[`${id}: ${name}`, write(sum(left.filter(isOurs)))]];
      });
    }),
  );
}

function sum(ways: readonly TakenWay[]): number {
  return ways.reduce((all, { count }) => all + count, 0);
}
