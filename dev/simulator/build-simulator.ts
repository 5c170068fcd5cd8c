import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { CallLog } from './call-log.ts';
import { Changes } from './changes.ts';
import { registerControlRoutes } from './control-routes.ts';
import { Faults } from './faults.ts';
import { registerFileRoutes } from './file-routes.ts';
import { registerGraphRoutes } from './graph-routes.ts';
import type { OpenedJournal } from './journal.ts';
import { registerLiveRoutes } from './live-routes.ts';
import { registerPageRoutes } from './page-routes.ts';
import { PlatformRules } from './platform-rules.ts';
import { SimulatedAssets } from './asset-routes.ts';
import { SimulatedFiles } from './simulated-files.ts';
import { SimulatorStore } from './simulator-store.ts';
import { Simulator } from './simulator.ts';
import { postWebhook, WebhookSender, type WebhookSenderDeps } from './webhook-sender.ts';

export interface SimulatorAppDeps {
  opened: OpenedJournal;
  logger?: FastifyBaseLogger;
  /** Where the built console lies, whose page is shown; none where absent. */
  consoleDir?: string;
  /** Where files of customers and Pages are kept; in memory where absent. */
  filesDir?: string;
  now?: () => number;
  newId?: () => string;
  /** Resolves after the time, or early when the signal is aborted. */
  wait?: WebhookSenderDeps['wait'];
  post?: WebhookSenderDeps['post'];
}

/**
 * Builds the simulator of Messenger: Graph API, webhooks, control API and page in one app, without a port.
 * What an earlier run could not deliver is sent as soon as the app is ready; closing it leaves the rest for the next.
 */
export function buildSimulator(deps: SimulatorAppDeps): FastifyInstance {
  const { opened, now: wallClock = Date.now, newId = createId, wait = waitUnlessAborted, post = postWebhook } = deps;
  const app = fastify({
    ...(deps.logger === undefined ? {} : { loggerInstance: deps.logger }),
    // Request lines would hold access tokens.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // Ids have up to 256 characters, three times as many when encoded.
    routerOptions: { maxParamLength: 800 },
  });
  const clock = { aheadMs: 0 };
  const now = (): number => wallClock() + clock.aheadMs;
  const stopping = new AbortController();
  const changes = new Changes();
  const store = new SimulatorStore(opened, changes);
  const faults = new Faults(changes);
  const log = new CallLog(changes);
  const files = new SimulatedFiles(deps.filesDir);
  const sender = new WebhookSender({
    store,
    faults,
    log,
    now,
    wait,
    post,
    onFailure: (pageId, status) => app.log.warn({ pageId, status }, 'webhook not taken; it is sent again'),
    onUnsubscribe: (pageId) => app.log.error({ pageId }, 'no webhook was taken for an hour: the app is unsubscribed'),
  });
  const pause = (ms: number): Promise<void> => wait(ms, stopping.signal);
  const simulator = new Simulator({
    store,
    faults,
    now,
    newId,
    wake: (pageId) => sender.wake(pageId),
    later: (ms, task) => void pause(ms).then(task),
  });
  const rules = new PlatformRules({ store, faults, now });
  const assets = new SimulatedAssets(now);
  void app.register(async (scope) =>
    registerGraphRoutes(scope, { simulator, store, faults, newId, pause, rules, assets, files, log, now }),
  );
  void app.register(async (scope) => registerControlRoutes(scope, { simulator, store, faults, clock, log, changes }));
  void app.register(async (scope) => registerFileRoutes(scope, { files, newId }));
  void app.register(async (scope) => registerPageRoutes(scope, deps.consoleDir ?? ''));
  registerLiveRoutes(app, changes);
  app.addHook('onReady', async () => {
    for (const page of store.pages) sender.wake(page.pageId);
  });
  app.addHook('preClose', async () => {
    stopping.abort();
    await sender.stop();
  });
  app.addHook('onClose', () => store.close());
  return app;
}

function createId(): string {
  return randomBytes(18).toString('base64url');
}

async function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
