import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { mayDo } from '../../../../contracts/privileges.ts';
import { call, unwrap } from '../client/client.ts';
import { useMe } from './session.ts';

/** Names of colleagues by user name, as far as they are known. */
export const useColleagues = create<{ names: Record<string, string> }>()(() => ({ names: {} }));

/** Remembers what colleagues are called: events name their user names only. */
export function learnColleagues(people: readonly ({ username: string; name: string } | undefined)[]): void {
  const { names } = useColleagues.getState();
  const fresh = people.filter((each) => each !== undefined).filter(({ username, name }) => names[username] !== name);
  if (fresh.length === 0) return;
  useColleagues.setState({
    names: { ...names, ...Object.fromEntries(fresh.map(({ username, name }) => [username, name])) },
  });
}

const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: async () => {
    const { items } = unwrap(await call('GET /api/v1/colleagues'));
    learnColleagues(items);
    return items;
  },
  refetchInterval: 300_000,
});

/** Learns what everybody is called, for whoever sees chats: who was in one may not be there any more. */
export function useKnownColleagues(): void {
  useQuery({ ...colleaguesQuery, enabled: mayDo(useMe(), 'answer-chats', 'see-team-chats', 'see-all-chats') });
}

/** What a colleague is called; oneself is "You". */
export function useColleagueName(): (username: string) => string {
  const { t } = useTranslation();
  const { username: me } = useMe();
  const names = useColleagues((store) => store.names);
  return useCallback((username) => (username === me ? t('chats.you') : (names[username] ?? username)), [me, names, t]);
}
