import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { useMe } from './session.ts';

/** Names of colleagues by user name, as far as they were seen. */
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

/** What a colleague is called; oneself is "You". */
export function useColleagueName(): (username: string) => string {
  const { t } = useTranslation();
  const { username: me } = useMe();
  const names = useColleagues((store) => store.names);
  return useCallback((username) => (username === me ? t('chats.you') : (names[username] ?? username)), [me, names, t]);
}
