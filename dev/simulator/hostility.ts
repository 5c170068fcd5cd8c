import type { Fault } from './control-schema.ts';

export type HostileFault = Extract<Fault, { kind: 'hostile' }>;
type SendFault = Extract<
  Fault,
  { kind: 'error' | 'timeout-after-accept' | 'reset-after-accept' | 'reset-before-accept' }
>;
export type EchoWay = 'on' | 'off' | 'late' | 'double';

/** Draws what goes wrong, by the shares asked for. The same seed and the same calls give the same mishaps. */
export class Hostility {
  readonly #fault: HostileFault;
  #state: number;

  constructor(fault: HostileFault) {
    this.#fault = fault;
    this.#state = fault.seed % 2_147_483_647 || 1;
  }

  /** What the next send meets; undefined: nothing. */
  drawForSend(): SendFault | undefined {
    const { timeouts, resetsAfter, resetsBefore, rateLimits, delayMs } = this.#fault;
    const drawn = this.#draw([timeouts, resetsAfter, resetsBefore, rateLimits]);
    const once = { count: 1 } as const;
    if (drawn === 0) return { kind: 'timeout-after-accept', delayMs, ...once };
    if (drawn === 1) return { kind: 'reset-after-accept', ...once };
    if (drawn === 2) return { kind: 'reset-before-accept', ...once };
    if (drawn === 3) return { kind: 'error', code: 613, httpStatus: 400, message: 'Too many calls', ...once };
    return undefined;
  }

  drawForEcho(): EchoWay {
    const { lateEchoes, doubleEchoes, missingEchoes } = this.#fault;
    return (['late', 'double', 'off'] as const)[this.#draw([lateEchoes, doubleEchoes, missingEchoes])] ?? 'on';
  }

  /** Whether a webhook call is sent once more, or before the one that should have gone first. */
  drawForWebhook(): 'redeliver' | 'reorder' | 'plain' {
    const { redeliveries, reorders } = this.#fault;
    return (['redeliver', 'reorder'] as const)[this.#draw([redeliveries, reorders])] ?? 'plain';
  }

  get echoDelayMs(): number {
    return this.#fault.delayMs;
  }

  #draw(shares: readonly number[]): number {
    let rest = this.#next();
    return shares.findIndex((share) => {
      rest -= share;
      return rest < 0;
    });
  }

  /** Park and Miller's generator: enough to spread mishaps, the same on every machine. */
  #next(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state / 2_147_483_647;
  }
}
