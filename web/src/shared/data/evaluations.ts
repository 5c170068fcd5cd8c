import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { EvaluationState } from '../../../../contracts/evaluation.ts';
import type { ConversationEvaluations, EvaluationView } from '../../../../contracts/evaluation-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type { ConversationEvaluations, EvaluationView };

/** What somebody else does with one is looked for so often. */
const LOOK_EVERY_MS = 15_000;
const PAGE = 50;

/** The evaluations of a conversation, and what can be graded of it. */
export const evaluationsOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['evaluations', 'of', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/evaluations', { params: { id } })),
    refetchInterval: LOOK_EVERY_MS,
  });

/** One evaluation. */
export const evaluationQuery = (id: string) =>
  queryOptions({
    queryKey: ['evaluations', 'one', id],
    queryFn: async () => unwrap(await call('GET /api/v1/evaluations/:id', { params: { id } })),
    refetchInterval: LOOK_EVERY_MS,
  });

/** How many evaluations were disputed and wait for who decides; the first fifty. */
export const disputesQuery = queryOptions({
  queryKey: ['evaluations', 'disputes'],
  queryFn: async () => {
    const query = { limit: PAGE, state: 'disputed' as const };
    return unwrap(await call('GET /api/v1/evaluations', { query })).items.length;
  },
  refetchInterval: LOOK_EVERY_MS,
});

/** Evaluations, changed last first: one's own, or of the agents whom one looks after. */
export const evaluationListQuery = (whose: 'own' | 'agents', state: EvaluationState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['evaluations', whose, state ?? 'all'],
    queryFn: async ({ pageParam }) => {
      const query = { limit: PAGE, ...(state && { state }), ...(pageParam !== '' && { cursor: pageParam }) };
      return whose === 'own'
        ? unwrap(await call('GET /api/v1/agents/me/evaluations', { query }))
        : unwrap(await call('GET /api/v1/evaluations', { query }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: LOOK_EVERY_MS,
  });
