import type { ReactNode } from 'react';
import type { Item } from '../data/items.ts';
import { useSendLane } from '../data/accounts.ts';
import { useWords } from '../form/words.ts';
import { useAgo } from './use-ago.ts';

/** How an account fares, in a list: whether it sends, and when it last heard of Messenger. */
export function AccountLine({ item }: { item: Item }): ReactNode {
  const { word } = useWords();
  const ago = useAgo();
  const lane = useSendLane(item.name);
  if ('enabled' in item.document && item.document.enabled === false)
    return <span className="chip warn">{word('account.disabled')}</span>;
  if (!lane) return null;
  const tone = { open: 'success', slow: 'warn', held: 'warn', closed: 'danger' }[lane.state];
  return (
    <span className="row">
      <span className={`chip ${tone}`}>{word(`account.lanes.${lane.state}`)}</span>
      <span className="xs muted num clip">
        {lane.lastEventAt === undefined
          ? word('account.noEvent')
          : word('account.lastEvent', { ago: ago(lane.lastEventAt) })}
      </span>
    </span>
  );
}
