const WINDOW_MS = 60_000;
const MAX_BLOCK_MS = 15 * 60_000;
/** A key that was blocked is forgotten after so long without a failure. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;
const MAX_FAILURES = 10;
const MAX_FAILURES_OF_ADDRESS = 50;
const MAX_REMEMBERED = 10_000;

/** Who tries to log in. */
export interface LoginCaller {
  username: string;
  /** An IPv4 address or the /64 of an IPv6 one: what one caller has at will. */
  address: string;
  /** A device that this user has logged in from; undefined for a stranger's. */
  device: string | undefined;
}

/**
 * Bounds failed log-ins, per process: ten a minute for each user and address, fifty for each address. Who goes on is
 * blocked for a minute, then for two, four, at most fifteen. A device that the user has logged in from is counted by
 * itself, so that nobody else's failures block them: there is no budget for a user name alone.
 */
export interface LoginLimiter {
  isBlocked(caller: LoginCaller): boolean;
  recordFailure(caller: LoginCaller): void;
  /** Takes back the failure that was counted for this attempt, and those before it of the same user and address. */
  recordSuccess(caller: LoginCaller): void;
}

interface Failures {
  count: number;
  windowEndsAt: number;
  blockedUntil: number;
  /** Blocks so far. */
  blocks: number;
  forgottenAt: number;
}

interface Budget {
  key: string;
  maxFailures: number;
  /** Other users' failures are in it: one success must not forgive them. */
  isShared?: true;
}

function budgetsOf({ username, address, device }: LoginCaller): Budget[] {
  if (device !== undefined) return [{ key: `device\n${device}`, maxFailures: MAX_FAILURES }];
  return [
    { key: `user\n${username}\n${address}`, maxFailures: MAX_FAILURES },
    { key: `address\n${address}`, maxFailures: MAX_FAILURES_OF_ADDRESS, isShared: true },
  ];
}

/** Creates a limiter in memory; when it is full the oldest keys are forgotten. `now`: epoch milliseconds. */
export function createLoginLimiter(now: () => number): LoginLimiter {
  const remembered = new Map<string, Failures>();

  function current(key: string): Failures {
    const found = remembered.get(key);
    if (!found || found.forgottenAt <= now())
      return { count: 0, windowEndsAt: now() + WINDOW_MS, blockedUntil: 0, blocks: 0, forgottenAt: 0 };
    return found.windowEndsAt <= now() ? { ...found, count: 0, windowEndsAt: now() + WINDOW_MS } : found;
  }

  function remember(key: string, failures: Failures): void {
    remembered.delete(key);
    remembered.set(key, { ...failures, forgottenAt: now() + FORGOTTEN_AFTER_MS });
    const oldest = remembered.keys().next();
    if (remembered.size > MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
  }

  function countFailure({ key, maxFailures }: Budget): void {
    const failures = current(key);
    const count = failures.count + 1;
    if (count < maxFailures) return remember(key, { ...failures, count });
    const blockMs = Math.min(WINDOW_MS * 2 ** failures.blocks, MAX_BLOCK_MS);
    const blockedUntil = now() + blockMs;
    remember(key, { ...failures, count: 0, windowEndsAt: blockedUntil, blockedUntil, blocks: failures.blocks + 1 });
  }

  function takeBack({ key, isShared }: Budget): void {
    if (!isShared) return void remembered.delete(key);
    const failures = current(key);
    if (failures.count > 0) remember(key, { ...failures, count: failures.count - 1 });
  }

  return {
    isBlocked: (caller) => budgetsOf(caller).some(({ key }) => (remembered.get(key)?.blockedUntil ?? 0) > now()),
    recordFailure: (caller) => budgetsOf(caller).forEach(countFailure),
    recordSuccess: (caller) => budgetsOf(caller).forEach(takeBack),
  };
}
