import { useEffect, useState } from 'react';
import { call } from '../../shared/client/client.ts';
import { useMessages } from '../../shared/data/messages.ts';
import { unseenOf, useSeen } from '../../shared/data/seen.ts';

/**
 * A message counts as seen when the window is in front, its chat is open and it is in view; the customer is told then, and not
 * before.
 */
export function useMarkSeen({ id, isAtEnd, isOpen }: { id: string; isAtEnd: boolean; isOpen: boolean }): void {
  const isInFront = useIsInFront();
  const { messages } = useMessages(id);
  const last = messages.findLast(({ direction }) => direction === 'in');
  const newest = last?.at;
  const messageId = last?.id;
  useEffect(() => {
    if (!isInFront || !isAtEnd || newest === undefined) return;
    const { seen, mark } = useSeen.getState();
    const hasUnseen = unseenOf(messages, seen[id]).length > 0;
    mark(id, newest);
    if (!hasUnseen || !isOpen) return;
    // The mark is a courtesy: without it nothing is lost.
    call('POST /api/v1/conversations/:id/actions', {
      params: { id },
      body: { type: 'seen', ...(messageId !== undefined && { messageId }) },
    }).catch(() => undefined);
  }, [isInFront, isAtEnd, isOpen, newest, messageId, id, messages]);
}

function useIsInFront(): boolean {
  const [isInFront, setIsInFront] = useState(() => document.hasFocus());
  useEffect(() => {
    const update = (): void => setIsInFront(document.hasFocus() && document.visibilityState === 'visible');
    window.addEventListener('focus', update);
    window.addEventListener('blur', update);
    document.addEventListener('visibilitychange', update);
    update();
    return () => {
      window.removeEventListener('focus', update);
      window.removeEventListener('blur', update);
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return isInFront;
}
