import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { ScenarioPin } from '../../contracts/scenario-move.ts';
import type { Surgery, SurgeryAnswer, SurgeryRefusal } from '../../contracts/surgery.ts';
import type { SurgeryPreviewView } from '../../contracts/surgery-schema.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { operateRun } from '../../scenario-dsl/move/operate-run.ts';
import { stateKeyOf } from '../../scenario-dsl/move/state-key.ts';
import type { ScenarioState } from '../../scenario-dsl/run/step.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { compilePin } from '../scenarios/compile-pin.ts';
import { presentBlocks } from '../scenarios/present-blocks.ts';
import type { App } from '../zod-provider.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';

/** A running conversation as it is now, what something would come to there, and doing it. */
export function registerSurgeryRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getSurgeryState, async (request) => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    request.auditSubject = { conversationId: record.conversationId };
    const { state, scenario, pin } = await findLive(deps, record);
    const { context } = state.snapshot;
    return {
      revision: stateKeyOf(state),
      scenario: { name: pin.name, version: pin.version },
      block: context.block,
      variables: { ...context.variables },
      timers: presentTimers(state),
      blocks: presentBlocks(scenario.blocks),
    };
  });

  registerRoute(app, httpRoutes.previewSurgery, async (request) => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    const live = await findLive(deps, record);
    return preview(live, request.body.surgery, deps.now());
  });

  registerRoute(app, httpRoutes.operateConversation, async (request) => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    const { conversationId, workflowId } = record;
    const { by } = auditedCaller(request);
    const answer = await deps.actors.operateConversation(workflowId, { ...request.body, conversationId, by });
    if (answer.outcome === 'refused') throw refusal(answer.reason);
    request.auditSubject = { conversationId, ...describe(request.body.surgery, answer) };
    const { outcome: _outcome, ...result } = answer;
    return result;
  });
}

interface Live {
  state: ScenarioState;
  scenario: CompiledScenario;
  pin: ScenarioPin;
}

/** Asks the conversation itself: what is stored of it is a moment old. @throws AppError CONVERSATION_ENDED */
async function findLive(
  deps: AppDependencies,
  { conversationId, workflowId, state }: ConversationRecord,
): Promise<Live> {
  const live = state === 'ended' ? undefined : await deps.actors.getLiveScenario(workflowId);
  if (live?.conversationId !== conversationId) throw new AppError('CONVERSATION_ENDED');
  return {
    state: live.state as ScenarioState,
    scenario: await compilePin(deps, live.scenario),
    pin: live.scenario,
  };
}

function preview({ state, scenario }: Live, surgery: Surgery, now: number): SurgeryPreviewView {
  const { block } = state.snapshot.context;
  const revision = stateKeyOf(state);
  const operated = operateRun({ scenario, state, now }, surgery);
  if (operated.outcome === 'refused') {
    return {
      revision,
      refusal: operated.reason,
      block,
      to: block,
      isOver: false,
      said: [],
      timers: presentTimers(state),
    };
  }
  const { step } = operated;
  const said = step.effects.flatMap((effect) => (effect.kind === 'send-message' ? [effect.text] : []));
  const isOver = step.status !== 'running';
  return { revision, refusal: null, block, to: step.block, isOver, said, timers: presentTimers(step.state) };
}

function presentTimers({ deadlines }: ScenarioState): SurgeryPreviewView['timers'] {
  return deadlines
    .toSorted((one, other) => one.at - other.at)
    .map(({ id, at }) => ({ id, at: new Date(at).toISOString() }));
}

/** What the audit says of it. */
function describe(surgery: Surgery, answer: Extract<SurgeryAnswer, { outcome: 'done' }>): Record<string, string> {
  const { block, to, before, after } = answer;
  const { kind, ...rest } = surgery;
  const subject = 'block' in rest ? rest.block : 'name' in rest ? rest.name : rest.timer;
  return { kind, subject, block, to, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

const remedies: Record<Exclude<SurgeryRefusal, 'ended' | 'changed'>, string> = {
  busy: 'Something is on its way: a message, an offer, an answer. Try again in a moment.',
  'with-agent': 'An agent talks with the customer. End the chat, or have the agent hand the customer to a scenario.',
  'no-block': 'The version that it runs has no such block. Choose one that the state lists.',
  fixed: 'Nobody can turn that clock: it is Meta’s, or the agent’s slot is held no longer.',
  'no-timer': 'No such timer is pending any more. Choose one that the state lists.',
  'would-fail': 'That block leads into a loop. Choose another one.',
  'not-settable': 'No scenario can set a variable of that name. Set one of its own, as the state lists them.',
};

function refusal(reason: SurgeryRefusal): AppError {
  if (reason === 'ended') return new AppError('CONVERSATION_ENDED');
  if (reason === 'changed') return new AppError('CONVERSATION_CHANGED');
  const details = [{ path: 'body.surgery', message: `was refused: ${reason}`, remedy: remedies[reason] }];
  return new AppError('SURGERY_REFUSED', { details });
}
