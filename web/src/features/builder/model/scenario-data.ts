import { OPEN_STATES } from '../../../../../contracts/conversation.ts';
import { queryOptions } from '@tanstack/react-query';
import type { Publication } from '../../../../../contracts/scenario-schema.ts';
import { call, Refusal, unwrap } from '../../../shared/client/client.ts';

/** What a builder begins with: the draft, or what is in force where there is none. */
export interface OpenedScenario {
  source: string;
  /** 0: there is no draft. */
  revision: number;
  author: string | undefined;
  savedAt: string | undefined;
}

const MOST = 100;

/** Everything that is published, with who wrote it. */
export const scenariosQuery = queryOptions({
  queryKey: ['scenarios'],
  queryFn: async () => unwrap(await call('GET /api/v1/scenarios')).items,
});

export const draftsQuery = queryOptions({
  queryKey: ['scenario-drafts'],
  queryFn: async () => unwrap(await call('GET /api/v1/scenario-drafts')).items,
});

export const entriesQuery = queryOptions({
  queryKey: ['entries'],
  queryFn: async () => unwrap(await call('GET /api/v1/entries')).items,
});

/** What was published when; none where nothing is. */
export const versionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['scenario-versions', name],
    queryFn: async (): Promise<Publication[]> => {
      const response = await call('GET /api/v1/scenarios/:name/versions', { params: { name }, query: { limit: MOST } });
      if (!response.ok && response.status === 404) return [];
      return unwrap(response).items;
    },
  });

/** The text of a version never changes. */
export const versionQuery = (name: string, version: string) =>
  queryOptions({
    queryKey: ['scenario-version', name, version],
    queryFn: async () =>
      unwrap(await call('GET /api/v1/scenarios/:name/versions/:version', { params: { name, version } })).source,
    staleTime: Infinity,
  });

/** The conversations that go on and run a scenario, by version and block, of the newest that the list gives. */
export const runningQuery = (name: string) =>
  queryOptions({
    queryKey: ['scenario-running', name],
    queryFn: async () => {
      const pages = await Promise.all(
        OPEN_STATES.map(async (state) =>
          unwrap(await call('GET /api/v1/conversations', { query: { state, limit: MOST } })),
        ),
      );
      const items = pages.flatMap((page) => page.items).filter(({ scenario }) => scenario?.name === name);
      return { items, isMore: pages.some(({ next }) => next !== null) };
    },
  });

/** Opens the draft, else what is in force. @throws Refusal NOT_FOUND where there is neither */
export async function openScenario(name: string): Promise<OpenedScenario> {
  const draft = await call('GET /api/v1/scenarios/:name/draft', { params: { name } });
  if (draft.ok) {
    const { source, revision, author, savedAt } = draft.body;
    return { source, revision, author, savedAt };
  }
  if (draft.status !== 404) throw new Refusal(draft.status, draft.error);
  const versions = unwrap(
    await call('GET /api/v1/scenarios/:name/versions', { params: { name }, query: { limit: 1 } }),
  );
  const [head] = versions.items;
  if (!head) throw new Refusal(draft.status, draft.error);
  const { source } = unwrap(
    await call('GET /api/v1/scenarios/:name/versions/:version', { params: { name, version: head.version } }),
  );
  return { source, revision: 0, author: undefined, savedAt: undefined };
}
