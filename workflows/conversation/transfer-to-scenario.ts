import type { IssuedCommand } from '../../contracts/agent-command.ts';
import { PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import type { ConversationContext } from '../../contracts/conversation-context.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { variablesAfterChat } from '../../scenario-dsl/blocks/agent-variables.ts';
import { startNextScenario } from '../../scenario-dsl/run/step.ts';
import { findScenarioTarget } from './activities.ts';
import { openConversation, runningScenario, type Actor } from './actor.ts';
import { abandonOperations } from './operations.ts';
import { askLocally } from './ask-locally.ts';
import { leaveAgent } from './chat.ts';
import { note, requireHolder } from './chat-commands.ts';
import { refusal } from './command-refusals.ts';
import { byAgent, noteEvent } from './history.ts';
import { loadCompiled } from './opening.ts';
import { isOutboxFull } from './outbox.ts';
import { answersSoFar } from './progress.ts';
import { recordMoved } from './recorded-inputs.ts';
import { applyStep } from './scenario-run.ts';

type Command = IssuedCommand<'transferToScenario'>;

/** A scenario that a customer is handed to, ready to begin. */
export interface ScenarioTarget {
  compiled: CompiledScenario;
  found: NonNullable<Awaited<ReturnType<typeof findScenarioTarget>>>;
}

/** Loads what the customer is handed to. @throws ApplicationFailure SCENARIO_NOT_PUBLISHED where nothing has that name */
export async function loadScenarioTarget(actor: Actor, { to }: Command): Promise<ScenarioTarget> {
  const { pageId } = actor.state;
  const found = await askLocally(actor, () => findScenarioTarget({ pageId, to }));
  if (!found) throw refusal('SCENARIO_NOT_PUBLISHED');
  return { found, compiled: await loadCompiled(actor, found.scenario) };
}

/** Only whoever holds the chat gives it away, and no scenario speaks while another app has the thread. */
export function requireTransferable(actor: Actor, command: Command): void {
  requireHolder(actor, command);
  if (actor.state.threadOwner === 'other-app') throw refusal('THREAD_ELSEWHERE');
  // What nobody can hear any more must not grow with each time that the customer is handed on.
  if (isOutboxFull(openConversation(actor), PAYLOAD_LIMITS.outboxBytes)) throw refusal('OUTBOX_FULL');
}

/**
 * The chat is over for everybody in it, and the same conversation goes on at the first block of another scenario, which knows
 * all variables of the one before.
 */
export function transferToScenario(
  actor: Actor,
  command: Command,
  { compiled, found }: ScenarioTarget,
): { conversationId: string } {
  const { agent, message, conversationId } = command;
  if (message !== undefined) note(actor, { ...command, type: 'note', text: message });
  const conversation = openConversation(actor);
  leaveAgent(actor, 'Transferred');
  abandonOperations(actor);
  const { snapshot } = conversation.scenario;
  conversation.earlierAnswers = answersSoFar(actor);
  conversation.context = nextContext(conversation.context, found);
  conversation.refusedBy = [];
  for (const name of ['requeue', 'foundBy', 'offerTerms', 'move'] as const) delete conversation[name];
  noteTransfer(actor, command);
  recordMoved(conversation);
  actor.scenario = compiled;
  const now = Date.now();
  const { settings, variables } = conversation.context;
  const started = startNextScenario(
    runningScenario(actor),
    {
      variables: { ...variablesAfterChat(snapshot.context.variables, agent.username, now), ...variables },
      ...(settings.onErrorText !== undefined && { onErrorText: settings.onErrorText }),
      visits: snapshot.context.visits,
      engineVersion: snapshot.context.engineVersion ?? 1,
    },
    now,
  );
  applyStep(actor, started);
  return { conversationId };
}

function nextContext(before: ConversationContext, { scenario, terms }: ScenarioTarget['found']): ConversationContext {
  if (!terms) return { ...before, scenario };
  return { ...terms, scenario, variables: { ...before.variables, ...terms.variables } };
}

function noteTransfer(actor: Actor, { agent: { username }, to }: Command): void {
  const { scenario, service } = openConversation(actor).context;
  const data = {
    from: username,
    ...('entry' in to && { entry: to.entry }),
    scenario: scenario.name,
    version: scenario.version,
    ...(service !== undefined && { service }),
  };
  noteEvent(actor, { type: 'transferred-to-scenario', data, actor: byAgent(username) });
}
