import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { compileScenario, type CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioDocument } from '../document/document.ts';
import type { Effect } from '../machine/effect.ts';
import type { CustomerMessage, ScenarioEvent } from '../machine/scenario-event.ts';
import { createItem } from '../run/item-variables.ts';
import { startScenario, step, type StepResult } from '../run/step.ts';
import { toParts, type SaidPart } from './said-parts.ts';

/** What the scenario has asked of somebody and has no answer to yet. */
type Question = Extract<Effect, { kind: 'find-agent' | 'connect-chat' | 'operation' }>;

/** What became of the part that was said as the nth. */
export type StatusOf = (part: SaidPart, index: number) => string | undefined;

/** More timers in a row than a scenario needs that comes to rest. */
const MAX_TIMERS = 1000;

/** A scenario that goes through a stored conversation: it is told what was told then, and its messages fare as those did. */
export class ReplayRun {
  readonly path: string[] = [];
  readonly said: SaidPart[] = [];
  /** Whether each message that it said failed. */
  readonly failed: boolean[] = [];
  question: Question | undefined;
  now: number;
  private readonly scenario: CompiledScenario;
  private readonly document: ScenarioDocument;
  private readonly statusOf: StatusOf;
  private result: StepResult;

  constructor(
    document: ScenarioDocument,
    { stored, first }: { stored: StoredConversation; first: CustomerMessage & { kind: string } },
    statusOf: StatusOf,
  ) {
    [this.document, this.statusOf, this.scenario] = [document, statusOf, compileScenario(document)];
    this.now = Date.parse(stored.startedAt);
    const { variables = {}, onErrorText } = stored.openedWith ?? {};
    const startedBy = first.kind as Parameters<typeof createItem>[0]['startedBy'];
    const item = createItem({ interactionId: stored.id, startedBy, message: first });
    const input = { variables: { ...variables, item }, ...(onErrorText !== undefined && { onErrorText }) };
    this.result = startScenario(this.scenario, input, this.now);
    this.keep(this.result);
  }

  get isEnded(): boolean {
    return this.result.status !== 'running';
  }

  get block(): string {
    return this.result.block;
  }

  /** What the run remembers now: variables, pending timers, and why it failed. */
  get state(): StepResult['state'] {
    return this.result.state;
  }

  /** The customer's words, or their absence, decide where it goes on from here. */
  get listens(): boolean {
    if (this.isEnded) return false;
    const block = this.document.blocks.find(({ id }) => id === this.block);
    return block !== undefined && getBlockWays(block).ways.some(({ by }) => by === 'customer');
  }

  /** When something happens by itself; Infinity: never. */
  get nextTimerAt(): number {
    return this.isEnded ? Infinity : Math.min(...this.result.state.deadlines.map(({ at }) => at), Infinity);
  }

  /** The blocks that it came to, in order. */
  get blocks(): string[] {
    return this.isEnded ? this.path : [...this.path, this.block];
  }

  tell(event: ScenarioEvent): void {
    if (this.isEnded) return;
    if (isLastAnswer(event)) this.question = undefined;
    this.result = step(this.scenario, this.result.state, event, this.now);
    this.keep(this.result);
  }

  /** Lets timers fire that are due until then. */
  passTime(until: number): void {
    for (let count = 0; count < MAX_TIMERS && this.nextTimerAt <= until; count += 1) this.fireTimer();
    this.now = Math.max(this.now, until);
  }

  fireTimer(): void {
    const at = this.nextTimerAt;
    const due = this.result.state.deadlines.find((deadline) => deadline.at === at);
    if (!due) return;
    this.now = Math.max(this.now, at);
    this.tell({ type: 'deadline', id: due.id });
  }

  private keep(result: StepResult): void {
    this.path.push(...result.path.map(({ block }) => block));
    for (const effect of result.effects) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send-message':
        return this.say(effect);
      case 'find-agent':
      case 'connect-chat':
      case 'operation':
        this.question = effect;
        return;
      case 'cancel-find-agent':
      case 'withdraw-offer':
      case 'end-chat':
        this.question = undefined;
        return;
      case 'annotate':
        return;
    }
  }

  /** Each message has its delivery status at once: when it came was not kept. */
  private say(effect: Extract<Effect, { kind: 'send-message' }>): void {
    const parts = toParts(effect);
    const from = this.said.length;
    this.said.push(...parts);
    const statuses = parts.map((part, index) => this.statusOf(part, from + index));
    const effectId = effect.id;
    this.failed.push(statuses.at(-1) === 'failed');
    if (statuses.at(-1) === 'failed') this.tell({ type: 'message.failed', effectId, reason: 'as it failed then' });
    else this.tell({ type: 'message.sent', effectId });
  }
}

/** An offer that was accepted goes on as a chat, and a search may hear of its place many times. */
function isLastAnswer({ type }: ScenarioEvent): boolean {
  return lastAnswers.has(type);
}

const lastAnswers = new Set<ScenarioEvent['type']>([
  'agent.reserved',
  'agent.none',
  'agent.queue-limit',
  'offer.rejected',
  'chat.ended',
  'operation.completed',
  'customer.left',
]);
