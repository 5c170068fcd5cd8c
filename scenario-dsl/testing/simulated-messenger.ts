import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { SendFate } from './test-file-schema.ts';

/** A message that the customer has got. `by`: the scenario, or the host with a text of the entry. */
export interface SaidMessage {
  by: 'scenario' | 'host';
  text: string;
  quickReplies: readonly { title: string; payload: string }[];
  attachments: readonly OutboundAttachment[];
  typingMs?: number;
}

/** A message on its way; `effectId`: who waits to hear what became of it. */
export interface Outgoing extends SaidMessage {
  effectId?: string;
}

export type SendAnswer = { outcome: 'sent'; isKnown: boolean } | { outcome: 'failed'; reason: string };

/** What Messenger needs of the world around it. */
export interface MessengerWorld {
  now: () => number;
  plan: (afterMs: number, run: () => void) => void;
  note: (who: string, text: string) => void;
  answer: (effectId: string, answer: SendAnswer) => void;
}

/** A Page may answer so long after the customer's last message. Source: Messenger Platform, standard messaging window. */
const windowMs = 24 * 60 * 60 * 1000;
/** How long a Page that sends too much is made to wait here; Meta names no time. */
const rateLimitMs = 60_000;
/** A call without an answer is in doubt until its echo comes. Source: docs/decisions.md, "How long is an unknown send in doubt?" */
const doubtMs = 20_000;

/** Messenger as the workflow meets it: one message after the other, each with a fate. */
export class SimulatedMessenger {
  /** Messages that the customer has got and no expectation has looked at. */
  unread: SaidMessage[] = [];
  /** All that the customer has got, the oldest first. */
  readonly said: SaidMessage[] = [];
  /** How messages to come fare: these first, then as `fate` says. */
  nextFates: SendFate[] = [];
  fate: SendFate = 'work';
  /** `open`: messages go out however late; `closed`: until the customer writes none does. Else the clock decides. */
  window: 'open' | 'closed' | undefined;
  /** Sent, and its outcome is kept back until the test settles it. */
  held: Outgoing | undefined;
  private readonly outbox: Outgoing[] = [];
  private isSending = false;
  private isThreadOurs = true;
  private customerWroteAt = 0;
  private readonly world: MessengerWorld;

  constructor(world: MessengerWorld) {
    this.world = world;
  }

  /** Another app of the Page holds the thread: nothing goes out. */
  get isThreadLost(): boolean {
    return !this.isThreadOurs;
  }

  noteCustomerWrote(): void {
    this.customerWroteAt = this.world.now();
    if (this.window === 'closed') this.window = undefined;
    this.setThread('ours');
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
  settleHeld(outcome: 'sent' | 'failed' | 'unknown'): void {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    this.world.note('', `the message held back: ${outcome}`);
    this.settle(held, outcome === 'failed' ? failed('simulated') : { outcome: 'sent', isKnown: outcome === 'sent' });
  }

  private sendNext(): void {
    if (this.isSending || !this.isThreadOurs) return;
    const message = this.outbox.shift();
    if (!message) return;
    this.isSending = true;
    this.meetFate(message, this.isWindowClosed ? 'window-closed' : (this.nextFates.shift() ?? this.fate));
  }

  private get isWindowClosed(): boolean {
    if (this.window !== undefined) return this.window === 'closed';
    return this.world.now() - this.customerWroteAt > windowMs;
  }

  private meetFate(message: Outgoing, fate: SendFate): void {
    const reason = refusals[fate];
    if (reason !== undefined) {
      this.world.note('scenario', `${describeMessage(message)}  (not delivered${reason === '' ? '' : `: ${reason}`})`);
      return this.settle(message, failed(reason || 'simulated'));
    }
    if (fate === 'rate-limit') {
      this.world.note('', 'the Page sends too much and has to wait');
      return this.world.plan(rateLimitMs, () => this.meetFate(message, 'work'));
    }
    this.deliver(message);
    if (fate === 'hold') this.held = message;
    else if (fate === 'timeout') this.world.plan(doubtMs, () => this.settle(message, sent));
    else this.settle(message, { outcome: 'sent', isKnown: fate === 'work' });
  }

  private deliver(message: Outgoing): void {
    this.world.note('scenario', describeMessage(message));
    this.unread.push(message);
    this.said.push(message);
  }

  private settle({ effectId }: Outgoing, answer: SendAnswer): void {
    this.isSending = false;
    if (effectId !== undefined) this.world.answer(effectId, answer);
    this.sendNext();
  }
}

/** Fates of which the customer sees nothing, and what the scenario hears as the reason. */
const refusals: Partial<Record<SendFate, string>> = {
  fail: '',
  'window-closed': 'window-closed',
  blocked: 'final-customer',
};

const sent: SendAnswer = { outcome: 'sent', isKnown: true };

function failed(reason: string): SendAnswer {
  return { outcome: 'failed', reason };
}

/** A message as a transcript shows it: its text, then what hangs on it. */
export function describeMessage({ text, quickReplies, attachments }: Omit<SaidMessage, 'by'>): string {
  const replies = quickReplies.map(({ title }) => `[${title}]`);
  return [...(text === '' ? [] : [text]), ...attachments.map(describeAttachment), ...replies].join(' ');
}

function describeAttachment(attachment: OutboundAttachment): string {
  if (attachment.type !== 'template') {
    return `[${attachment.type} ${'url' in attachment ? attachment.url : attachment.fileId}]`;
  }
  const texts = listTemplateTexts(attachment);
  return `[${attachment.template.kind}${texts.length === 0 ? '' : `: ${texts.join(' | ')}`}]`;
}

type TemplateAttachment = Extract<OutboundAttachment, { type: 'template' }>;

function listTemplateTexts(attachment: TemplateAttachment): string[] {
  const { template } = attachment;
  const titles = listButtons([attachment]).map(({ title }) => `[${title}]`);
  if (template.kind === 'button') return [template.text, ...titles];
  if (template.kind === 'generic') return [...template.elements.map(({ title }) => title), ...titles];
  return titles;
}

/** The buttons of templates, in the order in which the customer sees them. */
export function listButtons(
  attachments: readonly OutboundAttachment[],
): { title: string; payload?: string; type: string }[] {
  return attachments.flatMap((attachment) => {
    if (attachment.type !== 'template') return [];
    const { template } = attachment;
    if (template.kind === 'generic') return template.elements.flatMap(({ buttons = [] }) => buttons);
    return 'buttons' in template ? (template.buttons ?? []) : [];
  });
}
