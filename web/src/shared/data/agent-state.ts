import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AgentStateView } from '../../../../contracts/agent-command-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type { AgentStateView };

/** The state in force. */
export const myStateQuery = queryOptions({
  queryKey: ['my-state'],
  queryFn: async () => unwrap(await call('GET /api/v1/agents/me/state')),
  staleTime: Infinity,
});

/** What I may choose. */
export const choicesQuery = queryOptions({
  queryKey: ['choices'],
  queryFn: async () => unwrap(await call('GET /api/v1/agents/me/choices')),
  staleTime: 5 * 60_000,
});

export interface StateRequest {
  state: AgentStateView['state'];
  reason?: string;
  when?: 'now' | 'chats-ended';
}

export function useMyState(): AgentStateView | undefined {
  return useQuery(myStateQuery).data;
}

/** Chooses a state. */
export function useChooseState() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: StateRequest) => unwrap(await call('PUT /api/v1/agents/me/state', { body })),
    onSuccess: (state) => queryClient.setQueryData(myStateQuery.queryKey, state),
  });
}
