import { create } from 'zustand';
import type { LiveState } from '../../../../contracts/live-client.ts';

interface LiveStore {
  state: LiveState;
  /** How often a connection was tried since the last one. */
  tries: number;
  /** When it is tried next; epoch milliseconds of this machine. */
  nextAt: number | undefined;
  /** Since when there is none. */
  lostAt: number | undefined;
  /** How long the last break lasted, for a few seconds after it. */
  backAfterMs: number | undefined;
  /** Tries at once. */
  tryNow: () => void;
  /** Takes the desktop over from another tab. */
  takeOver: () => void;
}

/** How the one socket of this page stands. */
export const useLive = create<LiveStore>()(() => ({
  state: 'connecting',
  tries: 0,
  nextAt: undefined,
  lostAt: undefined,
  backAfterMs: undefined,
  tryNow: () => undefined,
  takeOver: () => undefined,
}));
