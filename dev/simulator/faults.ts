import type { Fault, GraphCallName } from './control-schema.ts';

type SendFault = Exclude<Fault, { kind: 'echo' | 'graph' }>;
type GraphFault = Extract<Fault, { kind: 'graph' }>;
export type EchoFault = Extract<Fault, { kind: 'echo' }>;

const DEFAULT_ECHO: EchoFault = { kind: 'echo', echo: 'on', delayMs: 0 };

/** The faults switched on. They last until used up or cleared and do not outlive the process. */
export class Faults {
  #sendFaults: SendFault[] = [];
  #graphFaults: GraphFault[] = [];
  readonly #echoes = new Map<string | undefined, EchoFault>();

  get list(): Fault[] {
    return [...this.#sendFaults, ...this.#graphFaults, ...this.#echoes.values()];
  }

  /** Switches a fault on, for one Page or for all. An echo fault replaces the one before. */
  add(fault: Fault): void {
    if (fault.kind === 'echo') this.#echoes.set(fault.pageId, fault);
    else if (fault.kind === 'graph') this.#graphFaults.push(fault);
    else this.#sendFaults.push({ ...fault });
  }

  clear(): void {
    this.#sendFaults = [];
    this.#graphFaults = [];
    this.#echoes.clear();
  }

  /** Takes the fault the next send of the Page meets, oldest first, and uses it up by one. */
  takeForSend(pageId: string): SendFault | undefined {
    const fault = this.#sendFaults.find((candidate) => (candidate.pageId ?? pageId) === pageId);
    if (fault === undefined) return undefined;
    fault.count -= 1;
    this.#sendFaults = this.#sendFaults.filter((candidate) => candidate.count > 0);
    return fault;
  }

  /** The fault that a call about a Page's set-up meets; it lasts until cleared. */
  findForCall(call: GraphCallName, pageId: string | undefined): GraphFault | undefined {
    return this.#graphFaults.find((fault) => fault.call === call && (fault.pageId ?? pageId) === pageId);
  }

  echoOf(pageId: string): EchoFault {
    return this.#echoes.get(pageId) ?? this.#echoes.get(undefined) ?? DEFAULT_ECHO;
  }
}
