import { useEffect, useRef, useState } from 'react';
import { call, newClientId } from '../../../shared/client/client.ts';
import { useMe } from '../../../shared/data/session.ts';

export interface EditLock {
  isYours: boolean;
  holder: { name: string; since: string } | undefined;
  takeOver: () => Promise<void>;
}

const RENEW_MS = 15_000;
/** This window: two of one person are two editors as well. */
const editor = newClientId();

/** Who edits a scenario: one window at a time, as long as it is open. Another one looks on, or takes over. */
export function useEditLock(name: string, onChange: (isYours: boolean) => void): EditLock {
  const [lock, setLock] = useState<Pick<EditLock, 'isYours' | 'holder'>>({ isYours: true, holder: undefined });
  const me = useMe().username;
  const hasBegun = useRef(false);
  const tell = useRef(onChange);
  tell.current = onChange;
  const ask = useRef(async (_takeOver: boolean): Promise<void> => undefined);
  ask.current = async (takeOver) => {
    const response = await call('PUT /api/v1/scenarios/:name/draft/lock', {
      params: { name },
      body: { editor, takeOver },
    });
    if (!response.ok) return;
    const { isYours, holder, since, username } = response.body;
    // One's own window that was closed a moment ago, or is open elsewhere: the newest one goes on.
    const isOwnElsewhere = !isYours && username === me && !hasBegun.current;
    hasBegun.current = true;
    if (isOwnElsewhere) return ask.current(true);
    setLock({ isYours, holder: { name: holder, since } });
    tell.current(isYours);
  };
  useEffect(() => {
    // An api that is away for a moment changes nothing: whoever edits goes on.
    const renew = (): void => void ask.current(false).catch(() => undefined);
    renew();
    const timer = setInterval(renew, RENEW_MS);
    return () => {
      clearInterval(timer);
      void call('DELETE /api/v1/scenarios/:name/draft/lock', { params: { name }, query: { editor } }).catch(
        () => undefined,
      );
    };
  }, [name]);
  return { ...lock, takeOver: () => ask.current(true) };
}
