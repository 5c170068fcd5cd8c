import { useSyncExternalStore } from 'react';

/** How far the server's clock is ahead of this machine's, in milliseconds; small differences count as none. */
let aheadMs = 0;
const NOTICED_MS = 1500;

/** Learns from an answer of the server what time it is there. */
export function learnServerTime(date: string | null): void {
  if (date === null) return;
  const difference = Date.parse(date) + 500 - Date.now();
  if (Number.isNaN(difference)) return;
  aheadMs = Math.abs(difference) > NOTICED_MS ? difference : 0;
}

/** Epoch milliseconds as the server counts them: offers and windows end by its clock. */
export const serverNow = (): number => Date.now() + aheadMs;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = Math.floor(serverNow() / 1000);

function tick(): void {
  second = Math.floor(serverNow() / 1000);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  tick();
  timer ??= setInterval(tick, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time in whole seconds, as epoch milliseconds: what shows it is drawn once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => second) * 1000;
}
