import type { DisconnectCause } from '../../contracts/conversation.ts';
import { formatDuration } from '../../contracts/duration.ts';
import { textIn, type SettingText } from '../../contracts/setting-text.ts';
import { listWindowLeads } from '../compile/compile-rules.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import { findLanguage } from '../expression/place.ts';
import type { Effect } from '../machine/effect.ts';
import { messageText, type TakenWay } from '../machine/run-setup.ts';
import type { Agent, CustomerMessage, ScenarioEvent } from '../machine/scenario-event.ts';
import { createItem } from '../run/item-variables.ts';
import { startScenario, step, type StepResult } from '../run/step.ts';
import { Agenda, type Plan, type PlanOptions } from './agenda.ts';
import { fitSaid } from './said-message.ts';
import type { AgentState } from './simulated-agents.ts';
import { SimulatedDesk, type InactivitySetting } from './simulated-desk.ts';
import { SimulatedMessenger, type SendAnswer } from './simulated-messenger.ts';
import { SimulatedOperations } from './simulated-operations.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { TestAgent, TestAnswers } from './test-file-schema.ts';
import type { TranscriptLine } from './transcript.ts';

/** What a chat begins with. */
export interface ChatSetting {
  agents: Readonly<Record<string, TestAgent>>;
  variables: Readonly<Record<string, unknown>>;
  onError: SettingText | undefined;
  inactivity: InactivitySetting;
  answers: TestAnswers;
  /** Epoch milliseconds. */
  beginsAt: number;
  /** Who last talked with the customer, until when. */
  lastAgent?: { username: string; at: number } | undefined;
}

/** What a customer writes. `mid`: as Messenger names it; a message that is known already changes nothing. */
export type Written = Pick<CustomerMessage, 'text' | 'payload' | 'attachments' | 'referral'> & {
  mid?: string;
};

/** What one step of the scenario asked of the world, and its timers after it. Times in milliseconds since the beginning. */
export interface TraceEntry {
  at: number;
  effects: readonly Effect[];
  timers: readonly { id: string; at: number }[];
}

/** How long the workflow waits for a thread that another app holds. */
const THREAD_LIMIT_MS = 24 * 60 * 60 * 1000;

/** So often something may happen by itself while time passes; a scenario that needs more does not rest. */
const MAX_WAKES = 10_000;

/**
 * A conversation with everything around it simulated: customer, agents, Messenger and the clock. It answers what the scenario
 * asks of the world at once, as the workflow would; people act when they are told to.
 */
export class SimulatedChat {
  readonly lines: TranscriptLine[] = [];
  readonly path: TakenWay[] = [];
  readonly trace: TraceEntry[] = [];
  result: StepResult | undefined;
  readonly messenger: SimulatedMessenger;
  readonly desk: SimulatedDesk;
  readonly operations: SimulatedOperations;
  private now: number;
  private isGivenUp = false;
  private isEndNoted = true;
  private givingUp: Plan | undefined;
  private readonly agenda = new Agenda();
  private readonly seenMids = new Set<string>();
  private readonly effects: Effect[] = [];
  private readonly scenario: CompiledScenario;
  private readonly setting: ChatSetting;

  constructor(scenario: CompiledScenario, setting: ChatSetting) {
    [this.scenario, this.setting, this.now] = [scenario, setting, setting.beginsAt];
    const world = {
      now: (): number => this.now,
      note: (who: string, text: string): void => this.note(who, text),
      plan: (afterMs: number, run: () => void, options?: PlanOptions): Plan =>
        this.agenda.plan(this.now + afterMs, run, options),
      cancel: (plan: Plan | undefined): void => this.agenda.cancel(plan),
      tellWindowCloses: (until: number, leadMs: number): void => this.tell({ type: 'window.closing', until, leadMs }),
      windowLeadsMs: listWindowLeads(scenario.rules),
      tell: (event: ScenarioEvent): void => this.tell(event),
      answer: (effectId: string, answer: SendAnswer): void => this.answerSend(effectId, answer),
      announce: (said: SettingText): void => {
        const text = textIn(said, findLanguage(this.result?.state.snapshot.context.variables ?? {}));
        this.messenger.send({ by: 'host', text, quickReplies: [], attachments: [] });
      },
    };
    this.messenger = new SimulatedMessenger(world);
    this.desk = new SimulatedDesk(setting.agents, setting.inactivity, { ...world, agenda: this.agenda });
    this.operations = new SimulatedOperations(setting.answers, { ...world, agents: this.desk.agents });
  }

  get beginsAt(): number {
    return this.setting.beginsAt;
  }

  get elapsedMs(): number {
    return this.now - this.setting.beginsAt;
  }

  get isEnded(): boolean {
    return this.isGivenUp || (this.result !== undefined && this.result.status !== 'running');
  }

  get variables(): Record<string, unknown> {
    return this.result?.state.snapshot.context.variables ?? {};
  }

  /** The scenario's armed timers, in milliseconds from now. */
  get timers(): number[] {
    return (this.result?.state.deadlines ?? []).map(({ at }) => at - this.now).toSorted((a, b) => a - b);
  }

  /** When something happens next without anybody acting, in milliseconds from now; Infinity: never. */
  get nextWakeMs(): number {
    return Math.max(0, Math.min(...this.timers, this.agenda.nextMoveAt - this.now));
  }

  /** The customer's first message opens the conversation. */
  write({ mid = `m${this.seenMids.size + 1}`, ...message }: Written): void {
    const { referral } = message;
    this.note('customer', describeWritten(message));
    if (this.seenMids.has(mid)) return this.note('', 'this webhook came before: nothing happens');
    this.seenMids.add(mid);
    this.messenger.noteCustomerWrote(referral);
    this.desk.noteCustomerSpoke();
    const full: CustomerMessage = { ...message, at: this.now, mid };
    if (!this.result) this.open(full, referral);
    else if (referral && isWordless(message)) this.tell({ type: 'customer.referred', referral });
    else this.tell({ type: 'customer.message', message: full });
    this.advance();
  }

  /** The customer's side ends: inactivity, a block, erasure. */
  leave(cause: string): void {
    this.note('', `the customer's side ends: ${cause}`);
    this.tell({ type: 'customer.left', cause });
    this.advance();
  }

  /** Lets time pass; whatever is due meanwhile happens in order. @throws StepMismatch when that never rests */
  wait(ms: number): void {
    const end = this.now + ms;
    this.note('', `${formatDuration(ms)} pass`);
    for (let wakes = 0; this.wake(end); wakes += 1) {
      if (wakes > MAX_WAKES) throw new StepMismatch(`More than ${MAX_WAKES} things happen in ${formatDuration(ms)}.`);
    }
    this.now = end;
  }

  /** Something that a person does, and all that follows from it at once. */
  act(deed: () => void): void {
    deed();
    this.advance();
  }

  accept(agent: Agent): void {
    this.act(() => this.desk.accept(agent));
  }

  reject(agent: Agent): void {
    this.act(() => this.desk.reject(agent));
  }

  say(agent: Agent, text: string): void {
    this.act(() => this.desk.say(agent, text));
  }

  endTalk(agent: Agent, cause: DisconnectCause): void {
    this.act(() => this.desk.endTalk(agent, cause));
  }

  setAgentState(username: string, state: AgentState): void {
    this.act(() => this.desk.setAgentState(username, state));
  }

  resolveHeld(outcome: 'sent' | 'failed' | 'unknown'): void {
    this.act(() => this.messenger.resolveHeld(outcome));
  }

  /** A thread that another app keeps for a day is given up, as in the workflow. */
  setThread(owner: 'ours' | 'other-app'): void {
    this.act(() => this.messenger.setThread(owner));
    this.agenda.cancel(this.givingUp);
    if (owner === 'other-app') this.givingUp = this.agenda.plan(this.now + THREAD_LIMIT_MS, () => this.giveUp());
  }

  /** Lets the next thing happen that is due until `end`: the scenario's own timers first, as in the workflow. */
  private wake(end: number): boolean {
    const due = this.isEnded ? undefined : this.result?.state.deadlines.toSorted((a, b) => a.at - b.at)[0];
    const at = Math.min(due?.at ?? Infinity, this.agenda.nextAt);
    if (at > end) return false;
    this.now = Math.max(this.now, at);
    if (due?.at === at && !this.agenda.hasNote(at)) this.tell({ type: 'deadline', id: due.id });
    else this.agenda.runNext();
    this.advance();
    return true;
  }

  private giveUp(): void {
    if (!this.messenger.isThreadLost || this.isEnded) return;
    this.isGivenUp = true;
    this.note('', 'the conversation ends: another app has kept the thread for a day');
    this.desk.close();
  }

  private open(message: CustomerMessage, referral: Written['referral']): void {
    const item = createItem({
      interactionId: 'test',
      startedBy: referral ? 'referral' : 'message',
      message,
      ...(referral && { referral }),
      lastAgent: this.setting.lastAgent,
    });
    const { variables, onError } = this.setting;
    const input = { variables: { ...variables, item }, ...(onError !== undefined && { onErrorText: onError }) };
    this.absorb(startScenario(this.scenario, input, this.now));
  }

  private tell(event: ScenarioEvent): void {
    if (this.result && !this.isEnded) this.absorb(step(this.scenario, this.result.state, event, this.now));
  }

  private absorb(result: StepResult): void {
    this.result = result;
    this.path.push(...result.path);
    this.effects.push(...result.effects);
    const timers = result.state.deadlines.map(({ id, at }) => ({ id, at: at - this.setting.beginsAt }));
    this.trace.push({ at: this.elapsedMs, effects: result.effects, timers });
    this.isEndNoted = result.status === 'running';
  }

  /** What the last blocks did stands before the end. */
  private noteEnd(): void {
    const { result } = this;
    if (this.isEndNoted || !result) return;
    this.isEndNoted = true;
    this.note('', result.status === 'done' ? 'the conversation ends' : `the scenario fails: ${result.problem ?? ''}`);
    this.desk.close();
  }

  /** Carries out effects until the scenario waits for somebody. */
  private advance(): void {
    for (let effect = this.effects.shift(); effect; effect = this.effects.shift()) this.carryOut(effect);
    this.noteEnd();
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send-message':
        return this.send(effect);
      case 'find-agent':
        return this.desk.startSearch(effect);
      case 'cancel-find-agent':
        return this.desk.cancelSearch();
      case 'connect-chat':
        return this.desk.offer(effect);
      case 'withdraw-offer':
        return this.desk.withdraw(effect.outcome);
      case 'end-chat':
        return this.desk.close();
      case 'operation':
        return this.operations.ask(effect);
      case 'annotate':
        return this.operations.take(effect.annotation);
    }
  }

  /** A text whose variables all came out empty is nothing to send and no failure, as in the workflow. */
  private send({ kind: _kind, id, ...message }: Extract<Effect, { kind: 'send-message' }>): void {
    const { text, attachments, quickReplies, notes } = fitSaid(message);
    if (notes.length > 0) this.note('', `left out: ${notes.join('; ')}`);
    if (text.trim() === '' && attachments.length === 0) return this.tell({ type: 'message.sent', effectId: id });
    this.messenger.send({ by: 'scenario', effectId: id, ...message, text, attachments, quickReplies });
  }

  /** An unknown delivery status counts as said, as in the workflow: the ledger shows it, and saying it again could double it. */
  private answerSend(effectId: string, answer: SendAnswer): void {
    if (answer.outcome === 'failed') this.tell({ type: 'message.failed', effectId, reason: answer.reason });
    else this.tell({ type: 'message.sent', effectId, ...(answer.isKnown ? { mid: `mid:${effectId}` } : {}) });
  }

  private note(who: string, text: string): void {
    this.lines.push({ at: this.elapsedMs, who, text });
  }
}

function isWordless({ text, payload, attachments }: Written): boolean {
  return text === undefined && payload === undefined && attachments.length === 0;
}

function describeWritten(message: Omit<Written, 'mid'>): string {
  const files = message.attachments.map(({ type }) => `[${type}]`);
  return [messageText({ ...message, at: 0, mid: '' }), ...files].filter((part) => part !== '').join(' ');
}
