import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import type { ConfigurationItemView } from '../../../../../contracts/configuration-item-schema.ts';
import type { AppliedItem, ConfigurationDocument } from '../../../../../contracts/configuration-schema.ts';
import type { HttpResponse } from '../../../../../contracts/http-client.ts';
import { call, unwrap } from '../../../shared/client/client.ts';
import type { Values } from '../model/values.ts';

export type Kind = Exclude<ConfigurationDocument['kind'], 'scenario'>;
export type DocumentOf<Of extends Kind> = Extract<ConfigurationDocument, { kind: Of }>;

/** One item of configuration. */
export type Item = ConfigurationItemView;

/** An item whose document is known to be of a kind. */
export type ItemOf<Of extends Kind> = Item & { document: DocumentOf<Of> };

/** How often what others change is looked at. */
const LOOK_EVERY_MS = 10_000;

export const itemsQuery = queryOptions({
  queryKey: ['configuration-items'],
  queryFn: async () => unwrap(await call('GET /api/v1/configuration/items')).items,
  staleTime: 2000,
  refetchInterval: LOOK_EVERY_MS,
});

export const scenariosQuery = queryOptions({
  queryKey: ['scenario-heads'],
  queryFn: async () => unwrap(await call('GET /api/v1/scenarios')).items,
  staleTime: 2000,
  refetchInterval: LOOK_EVERY_MS,
});

/** Users as they are beyond their documents, by user name. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => {
    const { items } = unwrap(await call('GET /api/v1/users'));
    return new Map(items.map((user) => [user.username, user]));
  },
  staleTime: 2000,
  refetchInterval: LOOK_EVERY_MS,
});

/** Every item there is; empty while they load. */
export function useItems(): Item[] {
  return useQuery(itemsQuery).data ?? NONE;
}
const NONE: Item[] = [];

/** The items of a kind. */
export function ofKind<Of extends Kind>(items: readonly Item[], kind: Of): ItemOf<Of>[] {
  return items.filter((item): item is ItemOf<Of> => item.kind === kind);
}

/** Applies one document as the screen has it. `version`: of the item as it was seen, null for a new one. */
export async function applyDocument(
  values: Values,
  { kind, name, version }: { kind: Kind; name: string; version: string | null },
  options: { dryRun?: boolean } = {},
): Promise<HttpResponse<{ items: AppliedItem[] }>> {
  return call('POST /api/v1/configuration/apply', {
    body: {
      // What is typed is for the api to judge: it names the field that it refuses.
      documents: [{ ...values, kind } as unknown as ConfigurationDocument],
      source: 'console',
      expected: [{ kind, name, version }],
      ...options,
    },
  });
}

/** Where the items of a kind are deleted. */
const DELETIONS = {
  account: 'DELETE /api/v1/accounts/:name',
  service: 'DELETE /api/v1/services/:name',
  entry: 'DELETE /api/v1/entries/:name',
  user: 'DELETE /api/v1/users/:name',
  role: 'DELETE /api/v1/roles/:name',
  hours: 'DELETE /api/v1/hours/:name',
  secret: 'DELETE /api/v1/secrets/:name',
  bot: 'DELETE /api/v1/bots/:name',
  model: 'DELETE /api/v1/models/:name',
  group: 'DELETE /api/v1/groups/:name',
  team: 'DELETE /api/v1/teams/:name',
  webhook: 'DELETE /api/v1/webhooks/:name',
  label: 'DELETE /api/v1/labels/:name',
  'contact-field': 'DELETE /api/v1/contact-fields/:name',
  'case-status': 'DELETE /api/v1/case-statuses/:name',
  'evaluation-form': 'DELETE /api/v1/evaluation-forms/:name',
  'evaluation-assignment': 'DELETE /api/v1/evaluation-assignment-rules/:name',
  survey: 'DELETE /api/v1/surveys/:name',
  retention: 'DELETE /api/v1/retention/:name',
  'chat-settings': 'DELETE /api/v1/chat-settings/:name',
  'canned-response': 'DELETE /api/v1/canned-responses/:name',
} as const satisfies Record<Kind, string>;

/** Deletes an item; what refers to it is named where it is refused. */
export const deleteItem = (kind: Kind, name: string) => call(DELETIONS[kind], { params: { name } });

/** Shows what has changed. */
export async function showAnew(queryClient: QueryClient): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: itemsQuery.queryKey }),
    queryClient.invalidateQueries({ queryKey: scenariosQuery.queryKey }),
  ]);
}
