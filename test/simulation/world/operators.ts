import { dispatcherWorkflowId, pageWorkflowId } from '../../../adapters/temporal/workflow-id.ts';
import {
  configurationSignal,
  PAGE_WORKFLOW,
  pageNotificationSignal,
  type PageNotification,
} from '../../../contracts/actor-messages.ts';
import { bringState, tellDispatcher, tryUntilThrough } from './agent-desk.ts';
import { snapshotOf } from './configuration.ts';
import type { ActorName, Step } from './plan.ts';
import { findWorldScenario } from './scenarios.ts';
import { messagesOf, type World } from './world.ts';

/** How often the api looks for actors that were ended. */
const WATCH_MS = 20_000;

function workflowIdOf(world: World, actor: ActorName): string {
  if (actor === 'dispatcher') return dispatcherWorkflowId(world.group);
  if (actor === 'page') return pageWorkflowId(world.pageId);
  return world.customers[actor.customer]?.workflowId ?? '';
}

/** An operator has Temporal play an actor again from an early task on. */
export function reset(world: World, { actor, tasks }: Extract<Step, { type: 'reset' }>): void {
  const workflowId = workflowIdOf(world, actor);
  if (!world.service.isRunning(workflowId)) return;
  world.tell('operator', `resets ${workflowId} by ${tasks} tasks`);
  world.resetByOperator.add(workflowId);
  world.service.reset(workflowId, tasks);
}

/** An operator terminates an actor in Temporal. */
export function terminate(world: World, { actor }: Extract<Step, { type: 'terminate' }>): void {
  const workflowId = workflowIdOf(world, actor);
  const execution = world.service.findRunning(workflowId);
  if (!execution) return;
  world.tell('operator', `terminates ${workflowId}`);
  world.endedByOperator.set(execution.runId, world.elapsedMs());
  world.endedByOperator.set(workflowId, world.elapsedMs());
  world.service.terminate(workflowId, 'an operator');
  if (workflowId === dispatcherWorkflowId(world.group))
    world.scheduler.schedule(WATCH_MS, () => beginDispatcherAnew(world));
}

/** The api finds the ended dispatcher, and tells it its configuration, by which it runs again. */
function beginDispatcherAnew(world: World): void {
  const known = world.configuration.routingGroups().find(({ group }) => group === world.group);
  if (known) tryUntilThrough(world, () => tellDispatcher(world, configurationSignal.name, known.configuration));
}

/** An operator asks an actor to end. */
export function cancel(world: World, { actor }: Extract<Step, { type: 'cancel' }>): void {
  const workflowId = workflowIdOf(world, actor);
  if (!world.service.isRunning(workflowId)) return;
  world.tell('operator', `cancels ${workflowId}`);
  world.service.requestCancel(workflowId);
}

/** An admin changes what an agent may take. */
export function configure(world: World, { agent: index, slots, isMember }: Extract<Step, { type: 'configure' }>): void {
  const agent = world.agents[index];
  if (!agent) return;
  const isComing = isMember && !agent.isMember;
  agent.slots = slots;
  agent.isMember = isMember;
  const { plan, pageId } = world;
  const revision = world.configuration.revision + 1;
  world.configuration = snapshotOf(
    { plan, pageId, scenario: findWorldScenario(plan.scenario), revision },
    world.agents,
  );
  world.tell('admin', isMember ? `gives ${agent.username} ${slots} slots` : `takes ${agent.username} out of the group`);
  const configuration = world.configuration.routingGroups().find(({ group }) => group === world.group)?.configuration;
  if (!configuration) return;
  tryUntilThrough(world, async () => {
    await tellDispatcher(world, configurationSignal.name, configuration);
    if (isComing) await bringState(world, agent);
  });
}

/** An admin says that the Page is repaired. */
export function resumePage(world: World): void {
  world.tell('admin', 'says that the Page is repaired');
  world.resumedAt = world.elapsedMs();
  tellPage(world, { type: 'resume' });
}

/** An operator lets every part go again that waits for a person, has failed, or has an unknown delivery status. */
export function retryParts(world: World): void {
  for (const [partId, { status, parked }] of messagesOf(world)) {
    const isLeftToPeople =
      status === 'failed' || status === 'unknown' || (status === 'queued' && parked?.by === 'person');
    if (!isLeftToPeople) continue;
    world.tell('operator', `lets part ${partId.slice(0, 8)}… go again`);
    world.retried.set(partId, (world.retried.get(partId) ?? 0) + 1);
    tellPage(world, { type: 'release', partId });
  }
}

function tellPage(world: World, news: PageNotification): void {
  tryUntilThrough(world, () =>
    world.api.effect('tell page', () =>
      world.service.signalWithStart({
        workflowId: pageWorkflowId(world.pageId),
        workflowType: PAGE_WORKFLOW,
        args: [{ pageId: world.pageId }],
        signal: pageNotificationSignal.name,
        signalArgs: [news],
      }),
    ),
  );
}
