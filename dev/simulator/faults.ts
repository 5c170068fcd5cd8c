import type { Changes } from './changes.ts';
import type { Fault, FaultMatch, GraphCallName } from './control-schema.ts';
import { Hostility, type EchoWay } from './hostility.ts';

type LastingKind = 'usage' | 'rate-limit' | 'dead-token' | 'outage';
type CountedFault = Exclude<Fault, { kind: 'echo' | 'graph' | 'hostile' | LastingKind }>;
type SendFault = Exclude<CountedFault, { kind: 'webhook' }>;
type GraphFault = Extract<Fault, { kind: 'graph' }>;
export type EchoFault = Extract<Fault, { kind: 'echo' }>;
type LastingFault = Extract<Fault, { kind: LastingKind }>;
type WebhookWay = Extract<Fault, { kind: 'webhook' }>['way'];
type WebhookFault = Extract<Fault, { kind: 'webhook' }>;

/** How a webhook call goes: none of these where nothing is wrong. */
export type WebhookWays = Partial<Record<WebhookWay, Pick<WebhookFault, 'delayMs'>>>;
const WEBHOOK_WAYS: readonly WebhookWay[] = ['delay', 'reorder', 'forge', 'redeliver'];

const DEFAULT_ECHO: EchoFault = { kind: 'echo', echo: 'on', delayMs: 0 };

/** The faults switched on. They last until used up or cleared and do not outlive the process. */
export class Faults {
  #counted: CountedFault[] = [];
  #graphFaults: GraphFault[] = [];
  readonly #echoes = new Map<string | undefined, EchoFault>();
  readonly #lasting = new Map<string, LastingFault>();
  readonly #changes: Changes | undefined;
  #hostile: { fault: Extract<Fault, { kind: 'hostile' }>; hostility: Hostility } | undefined;

  constructor(changes?: Changes) {
    this.#changes = changes;
  }

  get list(): Fault[] {
    const hostile = this.#hostile ? [this.#hostile.fault] : [];
    return [...this.#counted, ...this.#graphFaults, ...this.#echoes.values(), ...this.#lasting.values(), ...hostile];
  }

  /** Switches a fault on, for one Page or for all. One that lasts replaces the one of its kind before. */
  add(fault: Fault): void {
    if (fault.kind === 'echo') this.#echoes.set(fault.pageId, fault);
    else if (fault.kind === 'graph') this.#graphFaults.push(fault);
    else if (fault.kind === 'hostile') this.#hostile = { fault, hostility: new Hostility(fault) };
    else if (isLasting(fault)) this.#lasting.set(JSON.stringify([fault.kind, fault.pageId]), fault);
    else this.#counted.push({ ...fault });
    this.#changes?.tell('faults');
  }

  /** Switches off the faults that have the values given: all of them where none is. */
  clear(match: FaultMatch = {}): void {
    const stays = (fault: Fault): boolean =>
      !Object.entries(match).every(([key, value]) => (fault as Record<string, unknown>)[key] === value);
    this.#counted = this.#counted.filter(stays);
    this.#graphFaults = this.#graphFaults.filter(stays);
    for (const [key, fault] of this.#echoes) if (!stays(fault)) this.#echoes.delete(key);
    for (const [key, fault] of this.#lasting) if (!stays(fault)) this.#lasting.delete(key);
    if (this.#hostile && !stays(this.#hostile.fault)) this.#hostile = undefined;
    this.#changes?.tell('faults');
  }

  /** Takes the fault the next send of the Page meets, oldest first, and uses it up by one. */
  takeForSend(pageId: string): SendFault | undefined {
    const fault = this.#take((candidate): candidate is SendFault => candidate.kind !== 'webhook', pageId);
    return fault ?? this.#hostile?.hostility.drawForSend();
  }

  /** How the next webhook call of the Page goes: each way that is on is used up by one. */
  takeForWebhook(pageId: string): WebhookWays {
    const taken: WebhookWays = {};
    for (const way of WEBHOOK_WAYS) {
      const isWanted = (candidate: CountedFault): candidate is WebhookFault =>
        candidate.kind === 'webhook' && candidate.way === way;
      const fault = this.#take(isWanted, pageId);
      if (fault) taken[way] = fault;
    }
    if (Object.keys(taken).length > 0 || !this.#hostile) return taken;
    const drawn = this.#hostile.hostility.drawForWebhook();
    return drawn === 'plain' ? {} : { [drawn]: { delayMs: 0 } };
  }

  /** The fault that a call about a Page's set-up meets; it lasts until cleared. */
  findForCall(call: GraphCallName, pageId: string | undefined): GraphFault | undefined {
    return this.#graphFaults.find((fault) => fault.call === call && (fault.pageId ?? pageId) === pageId);
  }

  /** A fault that lasts until cleared: the Page's own, else the one for all. */
  lasting<Kind extends LastingKind>(
    kind: Kind,
    pageId: string | undefined,
  ): Extract<LastingFault, { kind: Kind }> | undefined {
    const own = this.#lasting.get(JSON.stringify([kind, pageId]));
    return (own ?? this.#lasting.get(JSON.stringify([kind, undefined]))) as
      Extract<LastingFault, { kind: Kind }> | undefined;
  }

  echoOf(pageId: string): { echo: EchoWay; delayMs: number } {
    const fault = this.#echoes.get(pageId) ?? this.#echoes.get(undefined);
    if (fault || !this.#hostile) return fault ?? DEFAULT_ECHO;
    const { hostility } = this.#hostile;
    return { echo: hostility.drawForEcho(), delayMs: hostility.echoDelayMs };
  }

  #take<Found extends CountedFault>(
    isWanted: (fault: CountedFault) => fault is Found,
    pageId: string,
  ): Found | undefined {
    const fault = this.#counted.find(
      (candidate): candidate is Found => isWanted(candidate) && (candidate.pageId ?? pageId) === pageId,
    );
    if (fault === undefined) return undefined;
    if (fault.count === 'all') return fault;
    fault.count -= 1;
    this.#counted = this.#counted.filter(({ count }) => count === 'all' || count > 0);
    this.#changes?.tell('faults');
    return fault;
  }
}

function isLasting(fault: Fault): fault is LastingFault {
  return ['usage', 'rate-limit', 'dead-token', 'outage'].includes(fault.kind);
}
