import { classifyMessage } from '../../contracts/messenger-policy.ts';
import type { SendBody } from './check-graph-call.ts';
import type { Faults } from './faults.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { SimulatorStore } from './simulator-store.ts';
import type { Parties } from './webhook-body.ts';

interface RuleDeps {
  store: SimulatorStore;
  faults: Faults;
  /** The simulator's clock. */
  now: () => number;
}

const SECOND = 1000;

/**
 * What Messenger allows at a moment: the messaging window, the rate of a Page, whether its token lives.
 * Sources: Messenger Platform policy (24 hours, 7 days for HUMAN_AGENT and from an ad), Rate Limiting, error codes.
 */
export class PlatformRules {
  readonly #deps: RuleDeps;
  /** Times of each Page's messages of the last second. */
  readonly #recent = new Map<string, number[]>();
  /** Tokens that were the Pages' when their fault was first met. */
  readonly #deadTokens = new Map<string, string>();

  constructor(deps: RuleDeps) {
    this.#deps = deps;
  }

  /** True where the connection is to be cut: Graph is away. */
  isAway(pageId: string | undefined): boolean {
    return this.#deps.faults.lasting('outage', pageId)?.mode === 'reset';
  }

  /** @throws GraphRefusal 2 while Graph is away, 190 for a token that died */
  checkReachable(pageId: string | undefined, token: string | undefined): void {
    const { faults, store } = this.#deps;
    if (faults.lasting('outage', pageId)) {
      throw new GraphRefusal('Service temporarily unavailable', { code: 2, httpStatus: 503, isTransient: true });
    }
    const page = pageId === undefined ? undefined : store.findPage(pageId);
    const dead = page && faults.lasting('dead-token', page.pageId);
    if (!page || !dead) {
      if (page) this.#deadTokens.delete(page.pageId);
      return;
    }
    const deadToken = this.#deadTokens.get(page.pageId) ?? page.pageToken;
    this.#deadTokens.set(page.pageId, deadToken);
    if (token !== deadToken) return;
    throw new GraphRefusal('Error validating access token', { code: 190, subcode: dead.subcode, httpStatus: 401 });
  }

  usageHeaders(pageId: string | undefined): Record<string, string> {
    const usage = this.#deps.faults.lasting('usage', pageId);
    if (!usage) return {};
    const { percent, regainMinutes } = usage;
    const row = { type: 'messenger', call_count: percent, estimated_time_to_regain_access: regainMinutes };
    return {
      'x-app-usage': JSON.stringify({ call_count: percent, total_time: percent, total_cputime: percent }),
      'x-business-use-case-usage': JSON.stringify({ [pageId ?? '0']: [row] }),
    };
  }

  /** @throws GraphRefusal 10/2018278 outside the window, 100 for a tag that is dead, 613 above the Page's rate */
  checkMessage(parties: Parties, send: SendBody): void {
    this.#checkWindow(parties, send);
    this.#checkRate(parties.pageId);
  }

  #checkWindow({ pageId, psid }: Parties, { messaging_type: type, tag }: SendBody): void {
    const isTagged = type === 'MESSAGE_TAG';
    if (isTagged && tag !== 'HUMAN_AGENT') {
      // The other tags are dead since 27 April 2026.
      throw new GraphRefusal('Param tag: is not supported any more', { code: 100 });
    }
    const window = this.#deps.store.window(pageId, psid);
    if (!window) return;
    const now = this.#deps.now();
    const classified = classifyMessage(isTagged ? 'agent' : 'scenario', window, now);
    if (!('parkedBecause' in classified)) return;
    throw new GraphRefusal('This message is sent outside of allowed window.', { code: 10, subcode: 2_018_278 });
  }

  #checkRate(pageId: string): void {
    const limit = this.#deps.faults.lasting('rate-limit', pageId);
    if (!limit) return;
    const now = Date.now();
    const recent = (this.#recent.get(pageId) ?? []).filter((at) => now - at < SECOND);
    this.#recent.set(pageId, recent);
    if (recent.length >= limit.perSecond)
      throw new GraphRefusal('Calls to this api have exceeded the rate limit.', { code: 613 });
    recent.push(now);
  }
}
