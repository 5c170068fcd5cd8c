/** Takes leases of one agent one after the other. */
export interface LeaseTurns {
  /** `take` runs behind those of the same agent that came before; it must not throw. */
  run(username: string, take: () => Promise<void>): void;
}

/**
 * Creates the turns of one process. A page that is loaded anew opens a socket while that of the page before it may still be
 * on its way: were its lease taken last, the new page would be told that the desktop is open elsewhere.
 */
export function createLeaseTurns(): LeaseTurns {
  const last = new Map<string, Promise<void>>();
  return {
    run(username, take) {
      const turn = (last.get(username) ?? Promise.resolve()).then(take).finally(() => {
        if (last.get(username) === turn) last.delete(username);
      });
      last.set(username, turn);
    },
  };
}
