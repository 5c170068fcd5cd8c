import { createPageWatch, WATCH_TICK_MS } from './accounts/watch-pages.ts';
import { ACTOR_WATCH_TICK_MS, createActorWatch } from './actors/watch-actors.ts';
import { reportLostAgents, runEvery } from './agents/watch-presence.ts';
import type { BuiltApp } from './app.ts';
import type { AppDependencies } from './dependencies.ts';
import { CANARY_TICK_MS, createCanaryWatch } from './scenarios/watch-canaries.ts';
import { ABANDONED_TICK_MS, createAbandonedParts } from './ledger/settle-abandoned-parts.ts';
import { carryOutErasures, ERASURE_TICK_MS } from './privacy/erase-customers.ts';
import { carryOutRetention, RETENTION_TICK_MS } from './retention/carry-out-retention.ts';
import { RECORDS_TICK_MS } from '../adapters/mongo/records/index-records.ts';
import { COPIES_AT_ONCE, COPY_TICK_MS, createCopier } from './files/copy-attachments.ts';
import { carryOutExports, EXPORT_TICK_MS, sweepExports } from './records/carry-out-exports.ts';
import { carryOutSurgeries, SURGERY_TICK_MS } from './surgery/carry-out-surgeries.ts';
import { SERVICES_WATCH_TICK_MS, createServiceWatch } from './supervision/watch-services.ts';
import { SPOOL_TICK_MS } from './webhook/drain-spool.ts';
import { carryOutDraws, DRAW_TICK_MS } from './evaluations/carry-out-draws.ts';
import { deliverEvents, sweepDeliveries, WEBHOOKS_TICK_MS } from './webhooks-out/deliver-events.ts';

const MINUTE_MS = 60_000;
const PRESENCE_CHECK_MS = 5000;
const COMMAND_RESULTS_KEPT_MS = 24 * 60 * MINUTE_MS;
const LATE_CHANGES_TICK_MS = 1000;
const ALERT_TICK_MS = 5000;
const ALERTS_KEPT_MS = 90 * 24 * 60 * MINUTE_MS;
/** What users were told, and which e-mails were sent: longer than any retry. */
const MESSAGES_KEPT_MS = 90 * 24 * 60 * MINUTE_MS;
/** What agents have seen of their chats: no chat goes on for so long. */
const CHAT_MARKS_KEPT_MS = 90 * 24 * 60 * MINUTE_MS;
/** How far back a socket can resume. */
const LIVE_EVENTS_KEPT_MS = 60 * MINUTE_MS;

/** Work beside requests; any number of api processes may do it at once. */
export function startBackgroundTasks(deps: AppDependencies, { metrics, spoolDrain }: BuiltApp): () => void {
  const { people, sessions, commandResults, alerts, alertList, logger } = deps;
  const copier = createCopier(deps);
  const pageWatch = createPageWatch(deps);
  const actorWatch = createActorWatch(deps);
  const abandonedParts = createAbandonedParts(deps);
  const canaryWatch = createCanaryWatch(deps);
  const serviceWatch = createServiceWatch(deps);
  const stops = [
    runEvery(PRESENCE_CHECK_MS, () => reportLostAgents(deps, metrics), logger),
    runEvery(SPOOL_TICK_MS, () => spoolDrain.tick(), logger),
    runEvery(ACTOR_WATCH_TICK_MS, () => actorWatch.tick(), logger),
    runEvery(ABANDONED_TICK_MS, () => abandonedParts.tick(), logger),
    runEvery(CANARY_TICK_MS, () => canaryWatch.tick(), logger),
    runEvery(WATCH_TICK_MS, () => pageWatch.tick(), logger),
    runEvery(ERASURE_TICK_MS, () => carryOutErasures(deps), logger),
    runEvery(RECORDS_TICK_MS, () => deps.records.indexer.work(), logger),
    runEvery(EXPORT_TICK_MS, () => carryOutExports(deps), logger),
    runEvery(10 * MINUTE_MS, () => sweepExports(deps), logger),
    runEvery(SURGERY_TICK_MS, () => carryOutSurgeries(deps), logger),
    runEvery(LATE_CHANGES_TICK_MS, () => deps.applyPendingChanges(), logger),
    ...Array.from({ length: COPIES_AT_ONCE }, () => runEvery(COPY_TICK_MS, () => copier.work(), logger)),
    runEvery(RETENTION_TICK_MS, () => carryOutRetention(deps), logger),
    runEvery(SERVICES_WATCH_TICK_MS, () => serviceWatch.tick(), logger),
    runEvery(DRAW_TICK_MS, () => carryOutDraws(deps), logger),
    runEvery(ALERT_TICK_MS, () => alerts.sendUnsent(), logger),
    runEvery(10 * MINUTE_MS, () => alertList.deleteResolvedBefore(deps.now() - ALERTS_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => people.internalMessages.deleteOlderThan(deps.now() - MESSAGES_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => people.sentMails.deleteOlderThan(deps.now() - MESSAGES_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => deps.chatMarks.deleteOlderThan(deps.now() - CHAT_MARKS_KEPT_MS), logger),
    runEvery(WEBHOOKS_TICK_MS, () => deliverEvents(deps), logger),
    runEvery(10 * MINUTE_MS, () => sweepDeliveries(deps), logger),
    runEvery(MINUTE_MS, () => deps.live.deleteOlderThan(deps.now() - LIVE_EVENTS_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => sessions.deleteExpired(deps.now()), logger),
    runEvery(10 * MINUTE_MS, () => commandResults.deleteOlderThan(deps.now() - COMMAND_RESULTS_KEPT_MS), logger),
  ];
  return () => stops.forEach((stop) => stop());
}
