import type { DisconnectCause } from '../../contracts/conversation.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import {
  compileScenario,
  type CompiledScenario,
  type CompileOptions,
} from '../../scenario-dsl/compile/compile-scenario.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import type { Effect } from '../../scenario-dsl/machine/effect.ts';
import type { ScenarioEvent } from '../../scenario-dsl/machine/scenario-event.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { startScenario, step, type ScenarioInput, type StepResult } from '../../scenario-dsl/run/step.ts';

export const bob = { username: 'bob', name: 'Bob Brown' };

const startedAt = 1_800_000_000_000;

/** Parses the blocks of a scenario, given as YAML with each block id at the left margin. */
export function parseBlocks(blocks: string): ReturnType<typeof parseScenario> {
  const indented = blocks.replaceAll(/^(?=.)/gm, '  ');
  return parseScenario(`attendant: 2\nscenario: test\nblocks:\n${indented}\n`);
}

/** The document of blocks that must be free of errors. */
export function documentOf(blocks: string): ScenarioDocument {
  const { document, problems } = parseBlocks(blocks);
  if (!document) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return document;
}

/**
 * One run with a virtual clock. Its state goes through JSON before every step, as it does in production between any two,
 * so each test of a block is a test of that as well.
 */
export class ScenarioRun {
  readonly scenario: CompiledScenario;
  now = startedAt;
  /** Of all steps so far. */
  readonly effects: Effect[] = [];
  result: StepResult;

  constructor(document: ScenarioDocument, input: ScenarioInput = { variables: {} }, options: CompileOptions = {}) {
    this.scenario = compileScenario(document, options);
    this.result = startScenario(this.scenario, input, this.now);
    this.effects.push(...this.result.effects);
  }

  get block(): string {
    return this.result.block;
  }

  get status(): StepResult['status'] {
    return this.result.status;
  }

  /** Those that authors can name. */
  get variables(): Record<string, unknown> {
    const { '(now)': _now, ...named } = this.result.state.snapshot.context.variables;
    return named;
  }

  /** The deadlines, in milliseconds from now. */
  get deadlinesIn(): number[] {
    return this.result.state.deadlines.map(({ at }) => at - this.now);
  }

  get lastEffect(): Effect {
    const effect = this.effects.at(-1);
    if (!effect) throw new Error('The run has emitted no effect.');
    return effect;
  }

  tell(event: ScenarioEvent): this {
    const state = JSON.parse(JSON.stringify(this.result.state)) as StepResult['state'];
    this.result = step(this.scenario, state, event, this.now);
    this.effects.push(...this.result.effects);
    return this;
  }

  /** Answers the last effect. */
  answer(type: 'message.sent' | 'agent.none' | 'agent.queue-limit' | 'offer.rejected'): this {
    return this.tell({ type, effectId: this.lastEffect.id });
  }

  failSend(): this {
    return this.tell({ type: 'message.failed', effectId: this.lastEffect.id, reason: 'blocked' });
  }

  reserve(agent = bob): this {
    return this.tell({ type: 'agent.reserved', effectId: this.lastEffect.id, agent });
  }

  accept(agent = bob): this {
    return this.tell({ type: 'offer.accepted', effectId: this.lastEffect.id, agent });
  }

  endChat(cause: DisconnectCause = 'UserHangup'): this {
    return this.tell({ type: 'chat.ended', effectId: this.lastEffect.id, cause });
  }

  /** Answers the last effect, an operation. */
  complete(outcome: OperationResult['outcome'], values: OperationResult['values'] = {}, reason?: string): this {
    const result = { outcome, values, ...(reason === undefined ? {} : { reason }) };
    return this.tell({ type: 'operation.completed', effectId: this.lastEffect.id, ...result });
  }

  write(text: string): this {
    return this.tell({
      type: 'customer.message',
      message: { text, attachments: [], at: this.now, mid: `m-${this.now}` },
    });
  }

  /** Lets time pass, and tells the run of each deadline when it is due. */
  wait(ms: number): this {
    const end = this.now + ms;
    for (let due = this.nextDue(end); due; due = this.nextDue(end)) {
      this.now = Math.max(this.now, due.at);
      this.tell({ type: 'deadline', id: due.id });
    }
    this.now = end;
    return this;
  }

  private nextDue(end: number): { id: string; at: number } | undefined {
    return this.result.state.deadlines.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
  }
}

/** Starts a run of the given blocks. */
export function startRun(blocks: string, input?: ScenarioInput): ScenarioRun {
  return new ScenarioRun(documentOf(blocks), input);
}
