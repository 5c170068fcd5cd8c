import type { Logger } from '../logger.ts';
import type { ConfigurationSnapshot } from './configuration/configuration-snapshot.ts';
import type { ConfigurationStore } from './configuration/configuration-store.ts';
import { loadConfiguration } from './configuration/load-configuration.ts';
import { withDeadline } from '../with-deadline.ts';

const CHECK_INTERVAL_MS = 1000;
const CHECK_DEADLINE_MS = 4000;
const TOGETHER_MS = 100;
/** How long a caller waits for a fresh one where there is an older configuration to go on with. */
const REFRESH_DEADLINE_MS = 300;

/** The configuration in memory, at most one second old while MongoDB answers. */
export interface ConfigurationCache {
  /**
   * Gives the configuration in force. Looks at the revision once a second, and reloads where it has risen. While
   * MongoDB does not answer it goes on with what it has, so that webhooks are taken; throws only where it has nothing.
   * After a change of this process it waits for that change: whoever was made must not be unknown to their next call.
   */
  get(): Promise<ConfigurationSnapshot>;
  /** Looks at once, for an unknown Page or secret; at most once a second, so that strangers cannot make us read. */
  refreshNow(): Promise<ConfigurationSnapshot>;
  /** Gives what is in force at the moment of the call. For rare decisions that a second-old answer would get wrong. */
  getFresh(): Promise<ConfigurationSnapshot>;
  /**
   * Gives what is in force at the moment of the call or a little later: all who ask within a tenth of a second share one look.
   * For what strangers can ask as often as they like.
   */
  getFreshTogether(): Promise<ConfigurationSnapshot>;
  /** Makes the next `get` look: this process has just changed something. */
  invalidate(): void;
}

interface CacheDependencies {
  store: ConfigurationStore;
  logger: Logger;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** What a process knows of the configuration. */
interface Held {
  snapshot?: ConfigurationSnapshot;
  /** When the last look began; minus infinity where the next `get` has to look. */
  checkedAt: number;
  /** Whether the snapshot lacks a change that this process has made. */
  isBehind: boolean;
}

/** Creates the cache that api and activities of one process share. */
export function createConfigurationCache({ store, logger, now = Date.now }: CacheDependencies): ConfigurationCache {
  const { held, check, checkFromNow, invalidate } = createLooks({ store, logger, now });
  let forcedAt = -Infinity;
  return {
    async get() {
      const { snapshot } = held;
      if (!snapshot) return check();
      if (now() - held.checkedAt < CHECK_INTERVAL_MS) return snapshot;
      // A look that began before the change may have missed it.
      if (held.isBehind) return checkFromNow();
      return withDeadline(check(), REFRESH_DEADLINE_MS, 'The configuration in MongoDB').catch(() => snapshot);
    },
    async refreshNow() {
      if (held.snapshot && now() - forcedAt < CHECK_INTERVAL_MS) return held.snapshot;
      forcedAt = now();
      return checkFromNow();
    },
    getFresh: checkFromNow,
    getFreshTogether: lookTogether(checkFromNow, now),
    invalidate,
  };
}

/** One look at MongoDB at a time, and what came of the last one. */
function createLooks({ store, logger, now }: Required<CacheDependencies>): {
  held: Readonly<Held>;
  check: () => Promise<ConfigurationSnapshot>;
  checkFromNow: () => Promise<ConfigurationSnapshot>;
  invalidate: () => void;
} {
  const held: Held = { checkedAt: -Infinity, isBehind: false };
  let checking: Promise<ConfigurationSnapshot> | undefined;
  let changes = 0;

  async function readAgain(): Promise<ConfigurationSnapshot> {
    const { snapshot } = held;
    if (snapshot && snapshot.revision === (await store.getRevision())) return snapshot;
    return loadConfiguration(store);
  }

  async function look(): Promise<ConfigurationSnapshot> {
    const startedAt = now();
    const changesBefore = changes;
    try {
      const snapshot = await withDeadline(readAgain(), CHECK_DEADLINE_MS, 'The configuration in MongoDB');
      // It may have missed a change that was made while it looked.
      const isBehind = held.isBehind && changes !== changesBefore;
      Object.assign(held, { snapshot, isBehind, checkedAt: isBehind ? -Infinity : startedAt });
      return snapshot;
    } catch (error) {
      const { snapshot } = held;
      if (!snapshot) throw error;
      Object.assign(held, { isBehind: false, checkedAt: now() });
      logger.warn({ err: error, revision: snapshot.revision }, 'configuration not readable: the last one holds');
      return snapshot;
    }
  }

  function check(): Promise<ConfigurationSnapshot> {
    checking ??= look().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  return {
    held,
    check,
    /** A look that began before the call may have missed a change made just before it. */
    async checkFromNow() {
      await checking?.catch(() => undefined);
      return check();
    },
    invalidate() {
      changes += 1;
      Object.assign(held, { isBehind: true, checkedAt: -Infinity });
    },
  };
}

/** Who comes while a look waits for its time is in it; who comes once it has begun waits for the next. */
function lookTogether(
  look: () => Promise<ConfigurationSnapshot>,
  now: () => number,
): () => Promise<ConfigurationSnapshot> {
  let lookedAt = -Infinity;
  let waiting: Promise<ConfigurationSnapshot> | undefined;
  async function lookInTime(): Promise<ConfigurationSnapshot> {
    const waitMs = Math.min(lookedAt + TOGETHER_MS - now(), TOGETHER_MS);
    await new Promise((resolve) => setTimeout(resolve, Math.max(waitMs, 0)));
    lookedAt = now();
    waiting = undefined;
    return look();
  }
  return () => (waiting ??= lookInTime());
}
