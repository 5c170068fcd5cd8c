import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AssignmentState } from '../../../../contracts/evaluation-assignment.ts';
import type { AssignmentProgress, AssignmentView } from '../../../../contracts/evaluation-assignment-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type { AssignmentProgress, AssignmentView };

/** What somebody else does with one is looked for so often. */
const LOOK_EVERY_MS = 15_000;
const PAGE = 50;

/** What is to be graded, due first; `evaluator`: by them alone. */
export const assignmentListQuery = ({ state, evaluator }: { state: AssignmentState; evaluator: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['evaluations', 'assignments', state, evaluator ?? 'all'],
    queryFn: async ({ pageParam }) => {
      const page = { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) };
      const query = { ...page, state, ...(evaluator !== undefined && { evaluator }) };
      return unwrap(await call('GET /api/v1/evaluation-assignments', { query }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: LOOK_EVERY_MS,
  });

/** How many stretches somebody is to grade; the first fifty. */
export const toGradeQuery = (evaluator: string) =>
  queryOptions({
    queryKey: ['evaluations', 'to-grade', evaluator],
    queryFn: async () => {
      const query = { limit: PAGE, state: 'open' as const, evaluator };
      return unwrap(await call('GET /api/v1/evaluation-assignments', { query })).items.length;
    },
    refetchInterval: LOOK_EVERY_MS,
  });

/** The rules that draw stretches, with what became of their draws. */
export const assignmentProgressQuery = queryOptions({
  queryKey: ['evaluations', 'rules'],
  queryFn: async () => unwrap(await call('GET /api/v1/evaluation-assignments/rules')).items,
  refetchInterval: LOOK_EVERY_MS,
});
