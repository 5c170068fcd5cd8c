import { classifyMessage, openWindow, partLifetimeMs, type MessagingWindow } from '../../contracts/messenger-policy.ts';
import type { Plan } from './agenda.ts';
import { describeMessage, type SaidMessage } from './said-message.ts';
import type { SendStatus } from './test-file-schema.ts';

/** A message on its way; `effectId`: who waits to hear what became of it. */
export interface Outgoing extends SaidMessage {
  effectId?: string;
}

export type SendAnswer = { outcome: 'sent'; isKnown: boolean } | { outcome: 'failed'; reason: string };

/** What Messenger needs of the world around it. */
export interface MessengerWorld {
  now: () => number;
  plan: (afterMs: number, run: () => void, options?: { isQuiet: boolean }) => Plan;
  cancel: (plan: Plan | undefined) => void;
  note: (who: string, text: string) => void;
  tellWindowCloses: (until: number, leadMs: number) => void;
  /** How long before the window closes the scenario is told. */
  windowLeadsMs: readonly number[];
  answer: (effectId: string, answer: SendAnswer) => void;
}

/** How long a Page that sends too much is made to wait here; Meta names no time. */
const RATE_LIMIT_MS = 60_000;
/** A call without an answer is in doubt until its echo comes. Source: docs/decisions.md, "How long is an unknown send in doubt?" */
const DOUBT_MS = 20_000;

/** Messenger as the workflow meets it: one message after the other, each with a delivery status. */
export class SimulatedMessenger {
  /** Messages that the customer has got and no expectation has looked at. */
  unread: SaidMessage[] = [];
  /** All that the customer has got, the oldest first. */
  readonly said: SaidMessage[] = [];
  /** How messages to come fare: these first, then as `delivery status` says. */
  nextStatuses: SendStatus[] = [];
  status: SendStatus = 'work';
  /** Sent, and its outcome is kept back until the test settles it. */
  held: Outgoing | undefined;
  private readonly outbox: Outgoing[] = [];
  private isSending = false;
  private isThreadOurs = true;
  private isPageOpen = true;
  private window: MessagingWindow | undefined;
  private windowIs: 'open' | 'closed' | undefined;
  private alerts: Plan[] = [];
  private parked: { message: Outgoing; by: 'window' | 'send-lane'; expiry: Plan } | undefined;
  private readonly world: MessengerWorld;

  constructor(world: MessengerWorld) {
    this.world = world;
  }

  /** Another app of the Page holds the thread: nothing goes out. */
  get isThreadLost(): boolean {
    return !this.isThreadOurs;
  }

  /** What waited for the customer goes on; before the window closes the scenario is told. */
  noteCustomerWrote(referral?: { source?: string }): void {
    const at = this.world.now();
    this.window = openWindow(this.window, { kind: 'message', at, ...(referral && { referral }) });
    if (this.windowIs === 'closed') this.windowIs = undefined;
    this.alerts.forEach((alert) => this.world.cancel(alert));
    const until = this.window?.until ?? 0;
    this.alerts = this.world.windowLeadsMs.map((leadMs) =>
      this.world.plan(until - leadMs - at, () => this.world.tellWindowCloses(until, leadMs), { isQuiet: true }),
    );
    this.setThread('ours');
    this.release('window');
  }

  /** `open`: messages go out however late; `closed`: until the customer writes none does. Else the clock decides. */
  setWindow(window: 'open' | 'closed'): void {
    this.windowIs = window;
    if (window === 'open') this.release('window');
  }

  /** A Page that cannot send (its token is no longer valid, Meta has blocked it): messages wait until it can. */
  setPage(page: 'open' | 'closed'): void {
    this.isPageOpen = page === 'open';
    this.world.note('', this.isPageOpen ? 'the Page can send again' : 'the Page cannot send');
    if (this.isPageOpen) this.release('send-lane');
  }

  setThread(owner: 'ours' | 'other-app'): void {
    const isOurs = owner === 'ours';
    if (isOurs === this.isThreadOurs) return;
    this.isThreadOurs = isOurs;
    this.world.note('', isOurs ? 'the thread is ours again' : 'another app takes the thread');
    this.sendNext();
  }

  send(message: Outgoing): void {
    this.outbox.push(message);
    this.sendNext();
  }

  /** Settles the message that was held back. */
  resolveHeld(outcome: 'sent' | 'failed' | 'unknown'): void {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    this.world.note('', `the message held back: ${outcome}`);
    this.answer(held, outcome === 'failed' ? failed('simulated') : { outcome: 'sent', isKnown: outcome === 'sent' });
  }

  private sendNext(): void {
    if (this.isSending || !this.isThreadOurs) return;
    const message = this.outbox.shift();
    if (!message) return;
    this.isSending = true;
    if (!this.isPageOpen) return this.park(message, 'send-lane');
    if (this.isWindowClosed) return this.park(message, 'window');
    this.meetStatus(message, this.nextStatuses.shift() ?? this.status);
  }

  private get isWindowClosed(): boolean {
    if (this.windowIs !== undefined) return this.windowIs === 'closed';
    return 'parkedBecause' in classifyMessage('scenario', this.window, this.world.now());
  }

  /** A message waits where it is, a day at most, as in the workflow. */
  private park(message: Outgoing, by: 'window' | 'send-lane'): void {
    const why =
      by === 'window' ? 'until the customer writes: the messaging window is closed' : 'until the Page can send';
    this.world.note('scenario', `${describeMessage(message)}  (waits ${why})`);
    const expiry = this.world.plan(partLifetimeMs('scenario'), () => {
      this.parked = undefined;
      this.world.note('', 'the message that waited has expired');
      this.answer(message, failed('expired: it could not be sent in time'));
    });
    this.parked = { message, by, expiry };
  }

  private release(by: 'window' | 'send-lane'): void {
    if (this.parked?.by !== by) return;
    const { message, expiry } = this.parked;
    this.world.cancel(expiry);
    this.parked = undefined;
    this.isSending = false;
    this.outbox.unshift(message);
    this.sendNext();
  }

  private meetStatus(message: Outgoing, status: SendStatus): void {
    if (status === 'window-closed') return this.park(message, 'window');
    const reason = refusals[status];
    if (reason !== undefined) {
      this.world.note('scenario', `${describeMessage(message)}  (not delivered${reason === '' ? '' : `: ${reason}`})`);
      return this.answer(message, failed(reason || 'simulated'));
    }
    if (status === 'rate-limit') {
      this.world.note('', 'the Page sends too much and has to wait');
      this.world.plan(RATE_LIMIT_MS, () => this.meetStatus(message, 'work'));
      return;
    }
    this.deliver(message);
    if (status === 'hold') this.held = message;
    else if (status === 'timeout') this.world.plan(DOUBT_MS, () => this.answer(message, sent));
    else this.answer(message, { outcome: 'sent', isKnown: status === 'work' });
  }

  private deliver(message: Outgoing): void {
    this.world.note('scenario', describeMessage(message));
    this.unread.push(message);
    this.said.push(message);
  }

  private answer({ effectId }: Outgoing, answer: SendAnswer): void {
    this.isSending = false;
    if (effectId !== undefined) this.world.answer(effectId, answer);
    this.sendNext();
  }
}

/** Delivery statuses of which the customer sees nothing, and what the scenario hears as the reason. */
const refusals: Partial<Record<SendStatus, string>> = {
  fail: '',
  blocked: 'final-customer',
};

const sent: SendAnswer = { outcome: 'sent', isKnown: true };

function failed(reason: string): SendAnswer {
  return { outcome: 'failed', reason };
}
