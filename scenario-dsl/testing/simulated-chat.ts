import type { CompiledScenario } from '../compile-scenario.ts';
import type { Effect, FindAgentEffect, OperationEffect } from '../effect.ts';
import { formatDuration } from '../format-duration.ts';
import { messageText, type TakenWay } from '../run-setup.ts';
import type { Agent, CustomerMessage, ScenarioEvent } from '../scenario-event.ts';
import { startScenario, step, type StepResult } from '../step.ts';
import { getWidenings, SimulatedAgents, type AgentState } from './simulated-agents.ts';
import type { DisconnectCause, SendFate, TestAgent } from './test-file-schema.ts';
import type { TranscriptLine } from './transcript.ts';

type SendEffect = Extract<Effect, { kind: 'send-message' }>;
type OfferEffect = Extract<Effect, { kind: 'connect-chat' }>;

/** What a chat begins with. */
export interface ChatSetting {
  agents: Readonly<Record<string, TestAgent>>;
  variables: Readonly<Record<string, unknown>>;
  onError: string | undefined;
}

/** Where no time is told a chat takes place in some year; only differences matter. */
const epoch = 1_800_000_000_000;

/** How long an agent is held for a chat that is not offered to him. Source: design section 5. */
const reservationMs = 60_000;

/**
 * A conversation with everything around it simulated: customer, agents, Messenger and the clock. It answers what the scenario
 * asks of the world at once, as the workflow would; people act when they are told to.
 */
export class SimulatedChat {
  readonly lines: TranscriptLine[] = [];
  readonly path: TakenWay[] = [];
  /** Messages that the customer has got and no expectation has looked at. */
  unread: SendEffect[] = [];
  /** Messages sent so far; the last one's quick replies can be tapped. */
  lastMessage: SendEffect | undefined;
  search: FindAgentEffect | undefined;
  offered: Agent | undefined;
  talking: Agent | undefined;
  heldSend: SendEffect | undefined;
  result: StepResult | undefined;
  isQueueFull = false;
  /** How messages to come fare: these first, then as `fate` says. */
  nextFates: SendFate[] = [];
  fate: SendFate = 'work';
  readonly agents: SimulatedAgents;
  private now = epoch;
  private searchedAt = 0;
  private reserved: { agent: Agent; until: number } | undefined;
  private offerId = '';
  private readonly effects: Effect[] = [];
  private readonly scenario: CompiledScenario;
  private readonly setting: ChatSetting;

  constructor(scenario: CompiledScenario, setting: ChatSetting) {
    this.scenario = scenario;
    this.setting = setting;
    this.agents = new SimulatedAgents(setting.agents);
  }

  get elapsedMs(): number {
    return this.now - epoch;
  }

  get isEnded(): boolean {
    return this.result !== undefined && this.result.status !== 'running';
  }

  get variables(): Record<string, unknown> {
    return this.result?.state.snapshot.context.variables ?? {};
  }

  /** The armed timers, in milliseconds from now. */
  get timers(): number[] {
    return (this.result?.state.deadlines ?? []).map(({ at }) => at - this.now).toSorted((a, b) => a - b);
  }

  /** The customer's first message opens the conversation. */
  write(message: Pick<CustomerMessage, 'text' | 'payload' | 'attachments'>): void {
    const files = message.attachments.map(({ type }) => `[${type}]`);
    this.note('customer', [messageText(message as CustomerMessage), ...files].filter((part) => part !== '').join(' '));
    const full: CustomerMessage = { ...message, at: this.now, mid: `m${this.lines.length}` };
    if (this.result) this.tell({ type: 'customer.message', message: full });
    else this.open(full);
    this.settle();
  }

  /** The customer's side ends: inactivity, a block, erasure. */
  leave(cause: string): void {
    this.note('', `the customer's side ends: ${cause}`);
    this.tell({ type: 'customer.left', cause });
    this.settle();
  }

  /** Lets time pass; whatever is due meanwhile happens in order. */
  wait(ms: number): void {
    const end = this.now + ms;
    this.note('', `${formatDuration(ms)} pass`);
    for (let due = this.nextDue(); due && due.at <= end; due = this.nextDue()) {
      this.now = Math.max(this.now, due.at);
      if (due.id === undefined) this.matchAgent();
      else this.tell({ type: 'deadline', id: due.id });
      this.settle();
    }
    this.now = end;
  }

  /** The offered agent takes the chat. */
  accept(agent: Agent): void {
    this.note(agent.username, '(accepts)');
    this.offered = undefined;
    this.reserved = undefined;
    this.talking = agent;
    this.agents.setState(agent.username, 'busy');
    this.tell({ type: 'offer.accepted', effectId: this.offerId, agent });
    this.settle();
  }

  reject(agent: Agent): void {
    this.note(agent.username, '(rejects)');
    this.tell({ type: 'offer.rejected', effectId: this.offerId });
    this.settle();
  }

  /** The agent's side of the chat ends. */
  endTalk(agent: Agent, cause: DisconnectCause): void {
    this.note(agent.username, `(leaves: ${cause})`);
    this.talking = undefined;
    this.agents.setState(agent.username, cause === 'UserLogout' ? 'logged-out' : 'ready');
    this.tell({ type: 'chat.ended', effectId: this.offerId, cause });
    this.settle();
  }

  /** Agents who come may be found, and a search is over when the last one goes. */
  setAgentState(username: string, state: AgentState): void {
    this.note(username, `(${state})`);
    this.agents.setState(username, state);
    this.matchAgent();
    this.settle();
  }

  /** Settles the send that was held back. */
  settleHeld(outcome: 'sent' | 'failed' | 'unknown'): void {
    const held = this.heldSend;
    if (!held) return;
    this.heldSend = undefined;
    this.note('', `the message held back: ${outcome}`);
    this.answerSend(held, outcome === 'failed' ? 'fail' : 'work');
    this.settle();
  }

  private open({ text, payload, attachments }: CustomerMessage): void {
    const item = {
      interactionId: 'test',
      startedBy: 'message',
      message: text ?? '',
      payload: payload ?? '',
      attachments,
    };
    const { variables, onError } = this.setting;
    const input = { variables: { ...variables, item }, ...(onError === undefined ? {} : { onErrorText: onError }) };
    this.absorb(startScenario(this.scenario, input, this.now));
  }

  private tell(event: ScenarioEvent): void {
    if (this.result) this.absorb(step(this.scenario, this.result.state, event, this.now));
  }

  private absorb(result: StepResult): void {
    this.result = result;
    this.path.push(...result.path);
    this.effects.push(...result.effects);
    if (result.status === 'failed') this.note('', `the scenario fails: ${result.problem ?? ''}`);
    if (result.status === 'done' && this.lines.at(-1)?.text !== ended) this.note('', ended);
    if (result.status === 'running') return;
    this.leaveAgents();
  }

  /** Carries out effects until the scenario waits for somebody. */
  private settle(): void {
    for (let effect = this.effects.shift(); effect; effect = this.effects.shift()) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send-message':
        return this.send(effect);
      case 'find-agent':
        [this.search, this.searchedAt, this.reserved] = [effect, this.now, undefined];
        return this.matchAgent();
      case 'cancel-find-agent':
        [this.search, this.reserved] = [undefined, undefined];
        return;
      case 'connect-chat':
        return this.offer(effect);
      case 'withdraw-offer':
        return this.withdraw(effect.outcome);
      case 'end-chat':
        return this.leaveAgents();
      case 'operation':
        return this.refuse(effect);
      case 'note':
        return;
    }
  }

  private send(effect: SendEffect): void {
    const fate = this.nextFates.shift() ?? this.fate;
    this.note('scenario', `${effect.text}${fate === 'fail' ? '  (not delivered)' : ''}`);
    if (fate !== 'fail') {
      this.unread.push(effect);
      this.lastMessage = effect;
    }
    if (fate === 'hold') this.heldSend = effect;
    else this.answerSend(effect, fate);
  }

  /** An unknown fate counts as said, as in the workflow: the ledger shows it, and saying it again could double it. */
  private answerSend({ id }: SendEffect, fate: Exclude<SendFate, 'hold'>): void {
    if (fate === 'fail') this.tell({ type: 'message.failed', effectId: id, reason: 'simulated' });
    else this.tell({ type: 'message.sent', effectId: id, ...(fate === 'work' ? { mid: `mid:${id}` } : {}) });
  }

  private matchAgent(): void {
    const { search } = this;
    if (!search) return;
    if (this.isQueueFull) {
      this.search = undefined;
      this.tell({ type: 'agent.queue-limit', effectId: search.id });
      return;
    }
    const found = this.agents.search(search, this.now - this.searchedAt);
    if (found.outcome === 'waiting') return;
    this.search = undefined;
    if (found.outcome === 'none') {
      this.tell({ type: 'agent.none', effectId: search.id });
      return;
    }
    this.reserved = { agent: found.agent, until: this.now + reservationMs };
    this.tell({ type: 'agent.reserved', effectId: search.id, agent: found.agent });
  }

  /** Without a reservation nobody takes the chat, and the block learns it at once. */
  private offer({ id }: OfferEffect): void {
    const agent = this.reserved && this.reserved.until >= this.now ? this.reserved.agent : undefined;
    if (!agent) {
      this.reserved = undefined;
      this.tell({ type: 'offer.rejected', effectId: id });
      return;
    }
    [this.offered, this.offerId] = [agent, id];
    this.note('', `the chat is offered to ${agent.username}`);
  }

  private withdraw(outcome: 'no-answer' | 'rejected'): void {
    const agent = this.offered;
    if (!agent) return;
    if (outcome === 'no-answer') this.note(agent.username, '(does not answer)');
    this.agents.noteRefusal(agent.username);
    [this.offered, this.reserved] = [undefined, undefined];
  }

  private leaveAgents(): void {
    if (this.talking) this.agents.setState(this.talking.username, 'ready');
    [this.search, this.offered, this.talking, this.reserved] = [undefined, undefined, undefined, undefined];
  }

  private refuse({ id, operation }: OperationEffect): void {
    const reason = `The test has no answer for "${operation.name}".`;
    this.tell({ type: 'operation.settled', effectId: id, outcome: 'failed', reason, values: {} });
  }

  /** The next deadline of the scenario, or (without an id) the moment at which the search widens. */
  private nextDue(): { at: number; id?: string } | undefined {
    const widenings = this.search
      ? getWidenings(this.search.intervals).map((ms) => ({ at: this.searchedAt + ms }))
      : [];
    const open = widenings.filter(({ at }) => at > this.now);
    return [...open, ...(this.result?.state.deadlines ?? [])].toSorted((a, b) => a.at - b.at)[0];
  }

  private note(who: string, text: string): void {
    this.lines.push({ at: this.elapsedMs, who, text });
  }
}

const ended = 'the conversation ends';
