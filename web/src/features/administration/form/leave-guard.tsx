import { useBlocker } from '@tanstack/react-router';
import type { ReactNode, RefObject } from 'react';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useWords } from './words.ts';

/** Asks before unapplied changes are left. The way to the log-in is free: they wait there and back. */
export function LeaveGuard({
  isDirty,
  isLeaving,
  onDiscard,
}: {
  isDirty: boolean;
  /** The page leaves by itself, with everything applied. */
  isLeaving: RefObject<boolean>;
  onDiscard: () => void;
}): ReactNode {
  const { word } = useWords();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && !isLeaving.current && next.pathname !== '/login' && next.pathname !== current.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <Dialog
      isOpen={isAsking}
      width={360}
      title={word('form.leaveTitle')}
      onClose={() => blocker.reset?.()}
      foot={
        <>
          <button type="button" className="btn outline" data-autofocus onClick={() => blocker.reset?.()}>
            {word('form.stay')}
          </button>
          <button
            type="button"
            className="btn danger"
            onClick={() => {
              onDiscard();
              blocker.proceed?.();
            }}
          >
            {word('form.leave')}
          </button>
        </>
      }
    >
      <p className="dialog-text">{word('form.leaveText')}</p>
    </Dialog>
  );
}
