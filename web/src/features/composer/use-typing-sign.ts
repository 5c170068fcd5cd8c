import { useEffect, useRef } from 'react';
import { call } from '../../shared/client/client.ts';

/** Messenger's sign fades after 20 s: it is shown again before that, while somebody writes. */
const AGAIN_MS = 8000;
const IDLE_MS = 5000;

/** Shows the customer that somebody is writing, while they do. Where it does not get through nothing is lost. */
export function useTypingSign(id: string, text: string): void {
  const shownAt = useRef(0);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return undefined;
    }
    const isWriting = text.trim() !== '';
    const now = Date.now();
    if (!isWriting) {
      if (shownAt.current > 0) show(id, false);
      shownAt.current = 0;
      return undefined;
    }
    if (now - shownAt.current > AGAIN_MS) {
      shownAt.current = now;
      show(id, true);
    }
    const timer = setTimeout(() => {
      shownAt.current = 0;
      show(id, false);
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, [id, text]);
}

function show(id: string, isTyping: boolean): void {
  call('POST /api/v1/conversations/:id/actions', { params: { id }, body: { type: 'typing', isTyping } }).catch(
    () => undefined,
  );
}
