import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { registerChatPageRoutes } from './chat-page-routes.ts';
import { registerControlRoutes } from './control-routes.ts';
import { Faults } from './faults.ts';
import { registerGraphRoutes } from './graph-routes.ts';
import type { OpenedJournal } from './journal.ts';
import { PlatformRules } from './platform-rules.ts';
import { SimulatedAssets } from './asset-routes.ts';
import { SimulatorStore } from './simulator-store.ts';
import { Simulator } from './simulator.ts';
import { postWebhook, WebhookSender, type WebhookSenderDeps } from './webhook-sender.ts';

export interface SimulatorAppDeps {
  opened: OpenedJournal;
  logger?: FastifyBaseLogger;
  now?: () => number;
  newId?: () => string;
  /** Resolves after the time, or early when the signal is aborted. */
  wait?: WebhookSenderDeps['wait'];
  post?: WebhookSenderDeps['post'];
}

/**
 * Builds the simulator of Messenger: Graph API, webhooks, control API and chat page in one app, without a port.
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
  const store = new SimulatorStore(opened);
  const faults = new Faults();
  const sender = new WebhookSender({
    store,
    faults,
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
    registerGraphRoutes(scope, { simulator, store, faults, newId, pause, rules, assets }),
  );
  void app.register(async (scope) => registerControlRoutes(scope, { simulator, store, faults, clock }));
  void app.register(async (scope) => registerChatPageRoutes(scope));
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
