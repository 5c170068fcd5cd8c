import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { threadKey, type Parties } from './simulator-api.ts';

type Change = 'log' | 'faults' | 'pages' | Parties;

/** Asks anew for what changed; what changes meanwhile is asked for once more afterwards, so that nothing is missed. */
function createRefresh(client: QueryClient): (key: readonly string[]) => Promise<void> {
  const running = new Map<string, boolean>();
  return async function refresh(key) {
    const id = key.join(' ');
    if (running.has(id)) {
      running.set(id, true);
      return;
    }
    running.set(id, false);
    const isFirst = client.isFetching({ queryKey: key, predicate: ({ state }) => state.data === undefined }) > 0;
    await client.invalidateQueries({ queryKey: key });
    // A first answer under way is waited for, and may be from before the change.
    if (isFirst) await client.invalidateQueries({ queryKey: key });
    const isStale = running.get(id);
    running.delete(id);
    if (isStale) await refresh(key);
  };
}

/** Follows what happens in the simulator; gives whether it answers. */
export function useChanges(): boolean {
  const client = useQueryClient();
  const [isThere, setIsThere] = useState(true);
  useEffect(() => {
    const refresh = createRefresh(client);
    const source = new EventSource('/simulator/changes');
    source.addEventListener('open', () => {
      setIsThere(true);
      void refresh([]);
    });
    source.addEventListener('error', () => setIsThere(false));
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      for (const change of JSON.parse(data) as Change[]) {
        void refresh(typeof change === 'string' ? [change] : threadKey(change));
      }
    });
    return () => source.close();
  }, [client]);
  return isThere;
}
