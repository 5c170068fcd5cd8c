import { log } from '@temporalio/workflow';
import { step, type ScenarioEvent, type StepResult } from '../../scenario-dsl/run/step.ts';
import { openConversation, runningScenario, type Actor } from './actor.ts';
import { endConversation, sayAtTheEnd } from './ending.ts';
import { noteBlocks, type EnteredBlock } from './history.ts';
import { recordInput } from './recorded-inputs.ts';

/** Gives one event to the scenario and keeps what follows from it. */
export function stepScenario(actor: Actor, event: ScenarioEvent): void {
  const conversation = openConversation(actor);
  if (conversation.ended) return;
  recordInput(actor, event);
  applyStep(actor, step(runningScenario(actor), conversation.scenario, event, Date.now()));
}

/** Keeps a step's state and effects; a scenario that is done or broken ends the conversation. */
export function applyStep(actor: Actor, result: StepResult): void {
  const conversation = openConversation(actor);
  conversation.scenario = result.state;
  noteBlocks(actor, enteredBlocks(conversation.block, result));
  conversation.block = result.block;
  actor.effects.push(...result.effects);
  if (result.status === 'done') endConversation(actor, 'exit');
  if (result.status === 'failed') {
    log.error('The scenario cannot go on', { conversationId: conversation.id, problem: result.problem });
    sayAtTheEnd(actor, conversation.context.settings.onErrorText ?? '');
    endConversation(actor, 'scenario-failed');
  }
}

/** The blocks that a step entered, in order: those it left again, then where it stands. `from` was entered before. */
function enteredBlocks(from: string, { path, block, status }: StepResult): EnteredBlock[] {
  const left = path.map((taken) => taken.block);
  const isLeft = status === 'done' && left.at(-1) === block;
  const all = (isLeft ? left : [...left, block]).map((entered, index) => {
    return { block: entered, way: path[index - 1]?.way ?? '' };
  });
  return all[0]?.block === from ? all.slice(1) : all;
}
