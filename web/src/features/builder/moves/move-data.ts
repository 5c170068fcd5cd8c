import { queryOptions } from '@tanstack/react-query';
import type { BlockMap, MoveCounts } from '../../../../../contracts/scenario-move.ts';
import { REPORT_LIMITS, type Fate, type ShownAtPublishing } from '../../../../../contracts/publication-report.ts';
import type { MoveImpact, MoveView } from '../../../../../contracts/scenario-move-schema.ts';
import { call, unwrap } from '../../../shared/client/client.ts';

/** A version that conversations may go to: a text that is not published, or one that is. */
export type MoveTarget = { source: string } | { version: string };

/** What is to become of running conversations; `blocks`: where those go who go. */
export interface RunningFate {
  fate: Fate;
  blocks: BlockMap;
}

export const everybodyStays: RunningFate = { fate: 'stay', blocks: {} };

/** A choice as the api takes it: none where everybody stays. */
export function toMove({ fate, blocks }: RunningFate): { blocks: BlockMap } | undefined {
  return fate === 'stay' ? undefined : { blocks };
}

/** The impact report as it was shown, for the report of the publication. */
export function toShown({ fate }: RunningFate, impact: MoveImpact): NonNullable<ShownAtPublishing['impact']> {
  const { running, looked, counts, groups } = impact;
  const shown = groups.slice(0, REPORT_LIMITS.groups).map(({ version, block, count, outcomes }) => {
    const sums: MoveCounts = {};
    for (const { outcome, count: of } of outcomes) sums[outcome] = (sums[outcome] ?? 0) + of;
    return { version, block, count, outcomes: sums };
  });
  return { fate, running, looked, counts, groups: shown };
}

/** What would become of each running conversation; asked anew whenever the text or where they go is another one. */
export const impactQuery = (name: string, target: MoveTarget, blocks: BlockMap) =>
  queryOptions({
    queryKey: ['scenario-impact', name, target, blocks],
    queryFn: async (): Promise<MoveImpact> =>
      unwrap(await call('POST /api/v1/scenarios/:name/impact', { params: { name }, body: { ...target, blocks } })),
    staleTime: 5000,
    retry: false,
  });

/** Moves that go on are looked at again and again. */
export const movesQuery = (name: string) =>
  queryOptions({
    queryKey: ['scenario-moves', name],
    queryFn: async (): Promise<MoveView[]> =>
      unwrap(await call('GET /api/v1/scenarios/:name/moves', { params: { name } })).items,
    refetchInterval: ({ state }) => (state.data?.some(isGoingOn) ? 1000 : false),
  });

export function isGoingOn({ state }: MoveView): boolean {
  return state === 'waiting' || state === 'moving';
}

/** Blocks that look for an agent or hold a chat: whoever is there is with an agent, or soon is. */
const OF_AGENTS = new Set(['find-agent', 'connect-chat']);

/** Where conversations are sent to be served by an agent. */
export function listAgentBlocks({ blocks }: MoveImpact): MoveImpact['blocks'] {
  return blocks.filter(({ type }) => OF_AGENTS.has(type));
}

/** Sends everybody to one block who is not with agents already. */
export function sendAll({ groups, blocks }: MoveImpact, target: string): BlockMap {
  const types = new Map(blocks.map(({ id, type }) => [id, type]));
  return Object.fromEntries(
    groups.flatMap(({ block, target: by }) => (OF_AGENTS.has(types.get(by ?? '') ?? '') ? [] : [[block, target]])),
  );
}
