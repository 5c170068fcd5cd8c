/** All side effects of the workflows, built from their dependencies. */
import { createDeliverNotifications } from './deliver-notifications.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { createFindGoneConversations } from './find-gone-conversations.ts';
import { createFindPresentAgents } from './find-present-agents.ts';
import { createFindQueue } from './find-queue.ts';
import { createFindScenarioTarget } from './find-scenario-target.ts';
import { createLoadGroup } from './load-group.ts';
import { createLoadScenario } from './load-scenario.ts';
import { createProbePage } from './probe-page.ts';
import {
  createFindMoveBatch,
  createMoveConversations,
  createPrepareMove,
  createRecordMove,
} from './move-conversations.ts';
import { createOpenConversationContext } from './open-conversation-context.ts';
import { createLoadStartedScenarios } from './pin-started-scenarios.ts';
import { createRecordProgress } from './record-progress.ts';
import { createReleasePart } from './release-part.ts';
import { createRunOperation } from './run-operation.ts';
import { createSendPart } from './send-part.ts';
import { createForgetSpilledEvents, createReadSpilledEvents, createSpillEvents } from './spill-events.ts';
import { createTellDispatchers } from './tell-dispatchers.ts';
import { createRaiseAlert, createResolveAlert } from './tell-operators.ts';
import { createTellPageClosed } from './tell-page-closed.ts';
import { createWakeParked } from './wake-parked.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- its type is what it makes: `Activities`
export function createActivities(deps: ActivityDependencies) {
  return {
    deliverNotifications: createDeliverNotifications(deps),
    findQueue: createFindQueue(deps),
    findMoveBatch: createFindMoveBatch(deps),
    findScenarioTarget: createFindScenarioTarget(deps),
    findPresentAgents: createFindPresentAgents(deps),
    findGoneConversations: createFindGoneConversations(deps),
    loadGroup: createLoadGroup(deps),
    loadScenario: createLoadScenario(deps),
    loadStartedScenarios: createLoadStartedScenarios(deps),
    moveConversations: createMoveConversations(deps),
    prepareMove: createPrepareMove(deps),
    recordMove: createRecordMove(deps),
    probePage: createProbePage(deps),
    openConversationContext: createOpenConversationContext(deps),
    raiseAlert: createRaiseAlert(deps),
    resolveAlert: createResolveAlert(deps),
    recordProgress: createRecordProgress(deps),
    releasePart: createReleasePart(deps),
    runOperation: createRunOperation(deps),
    sendPart: createSendPart(deps),
    spillEvents: createSpillEvents(deps),
    readSpilledEvents: createReadSpilledEvents(deps),
    forgetSpilledEvents: createForgetSpilledEvents(deps),
    tellDispatchers: createTellDispatchers(deps),
    tellPageClosed: createTellPageClosed(deps),
    wakeParked: createWakeParked(deps),
  };
}

/** What workflows call through `proxyActivities`; they import this type only. */
export type Activities = ReturnType<typeof createActivities>;
