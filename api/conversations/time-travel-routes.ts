import { stringify } from 'yaml';
import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import type { MomentView } from '../../contracts/time-travel-schema.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import { saveAsTest } from '../../scenario-dsl/time-travel/save-as-test.ts';
import { traceConversation, type Moment } from '../../scenario-dsl/time-travel/trace-conversation.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { presentBlocks } from '../scenarios/present-blocks.ts';
import type { App } from '../zod-provider.ts';
import { findStored } from './find-stored.ts';
import { getVisibleConversation } from './visible-conversation.ts';

const VERSION_GONE = 'The version of the scenario that it ran is no longer kept.';

/** What a conversation was, moment by moment, and as a test. */
export function registerTimeTravelRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.replayConversation, async (request) => {
    const { stored, document } = await findBoth(deps, await audited(deps, request));
    const { scenario } = stored;
    if (!document) return { scenario, blocks: [], moments: [], stop: VERSION_GONE };
    const { moments, stop = null } = traceConversation(stored, document, deps.now());
    return { scenario, blocks: presentBlocks(document.blocks), moments: moments.map(presentMoment), stop };
  });

  registerRoute(app, httpRoutes.saveAsTest, async (request) => {
    const { stored, document } = await findBoth(deps, await audited(deps, request));
    if (!document) return { source: null, problem: VERSION_GONE };
    // The file carries nothing of the conversation that would lead back to it.
    const name = `what happened on ${stored.startedAt.slice(0, 10)}`;
    const { file, problem = null } = saveAsTest(stored, document, { name, until: deps.now() });
    return { source: file ? stringify(file, { lineWidth: 120 }) : null, problem };
  });
}

async function audited(
  deps: AppDependencies,
  request: Parameters<typeof getPrincipal>[0] & { params: { id: string } },
): Promise<ConversationRecord> {
  const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
  request.auditSubject = { conversationId: record.conversationId, ...auditedCustomer(record) };
  return record;
}

/** The conversation and the version that it ran; one of which nothing is kept any more has none. */
async function findBoth(
  deps: AppDependencies,
  record: ConversationRecord,
): Promise<{ stored: StoredConversation; document: ScenarioDocument | undefined }> {
  const [stored, version] = await Promise.all([
    findStored(deps, record),
    record.scenario && deps.store.scenarios.findByVersion(record.scenario.version),
  ]);
  return { stored, document: version?.document };
}

function presentMoment({ at, timers, ...rest }: Moment): MomentView {
  return { ...rest, at: new Date(at).toISOString(), timers: timers.map((timer) => new Date(timer).toISOString()) };
}
