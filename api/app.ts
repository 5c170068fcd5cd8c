import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { guardRoutes } from './access.ts';
import { registerAccountRoutes } from './accounts/account-routes.ts';
import { registerAuditRoutes } from './audit/audit-routes.ts';
import { recordCalls } from './audit/record-calls.ts';
import { boundBodies } from './bound-bodies.ts';
import { boundConnections, serverSettings } from './bound-connections.ts';
import { registerConsoleRoutes } from './console/console-routes.ts';
import { createAgentDesk, type AgentDesk } from './agents/agent-desk.ts';
import { registerMyDayRoutes } from './agents/my-day-routes.ts';
import { registerChangeRoutes } from './configuration/change-routes.ts';
import { registerConfigurationRoutes } from './configuration/configuration-routes.ts';
import { registerItemRoutes } from './configuration/item-routes.ts';
import { registerDeletionRoutes } from './configuration/deletion-routes.ts';
import { registerActionRoutes } from './conversations/action-routes.ts';
import { registerCommandRoutes } from './conversations/command-routes.ts';
import { registerConversationRoutes } from './conversations/conversation-routes.ts';
import { registerOwnMessageRoutes } from './conversations/own-message-routes.ts';
import { registerQueueCommandRoutes } from './conversations/queue-command-routes.ts';
import { registerRoutingRoutes } from './conversations/routing-routes.ts';
import { registerWrapUpRoutes } from './conversations/wrap-up-routes.ts';
import type { AppDependencies } from './dependencies.ts';
import { registerAgentDeskRoutes } from './desk/agent-desk-routes.ts';
import { registerFileRoutes } from './files/file-routes.ts';
import { registerHistoryRoutes } from './history/history-routes.ts';
import { registerLiveRoutes, openForSockets } from './live/live-routes.ts';
import { registerMediaRoutes } from './files/media-routes.ts';
import { registerDeadLetterRoutes } from './dead-letters/dead-letter-routes.ts';
import { registerSendLaneRoutes } from './send-lanes/send-lane-routes.ts';
import { registerLedgerRoutes } from './ledger/ledger-routes.ts';
import { registerPartRoutes } from './ledger/part-routes.ts';
import { handleError, handleNotFound } from './error-handler.ts';
import { requireEveryRoute } from './register-route.ts';
import { createApiMetrics, type ApiMetrics } from './metrics.ts';
import { registerCanaryRoutes } from './scenarios/canary-routes.ts';
import { registerDraftRoutes } from './scenarios/draft-routes.ts';
import { registerTimerRoutes } from './surgery/timer-routes.ts';
import { registerBulkSurgeryRoutes } from './surgery/bulk-surgery-routes.ts';
import { registerSurgeryRoutes } from './surgery/surgery-routes.ts';
import { registerTimeTravelRoutes } from './conversations/time-travel-routes.ts';
import { registerMoveRoutes } from './scenarios/move-routes.ts';
import { registerScenarioRoutes } from './scenarios/scenario-routes.ts';
import { registerAlertRoutes } from './alerts/alert-routes.ts';
import { registerCaseRoutes } from './people/case-routes.ts';
import { registerContactRoutes } from './people/contact-routes.ts';
import { registerInternalMessageRoutes } from './people/internal-message-routes.ts';
import { registerCustomerRoutes } from './privacy/customer-routes.ts';
import { registerQueueRoutes } from './queues/queue-routes.ts';
import { registerAssignmentRoutes } from './evaluations/assignment-routes.ts';
import { registerEvaluationRoutes } from './evaluations/evaluation-routes.ts';
import { registerExportRoutes } from './records/export-routes.ts';
import { registerRecordRoutes } from './records/record-routes.ts';
import { registerSavedSearchRoutes } from './records/saved-search-routes.ts';
import { registerOverviewRoutes } from './supervision/overview-routes.ts';
import { registerReportRoutes } from './reports/report-routes.ts';
import { registerRetentionRoutes } from './retention/retention-routes.ts';
import { registerLegalHoldRoutes } from './retention/legal-hold-routes.ts';
import { registerMetaCallbackRoutes } from './privacy/meta-callback-routes.ts';
import { registerCurrentUserRoutes } from './session/current-user-routes.ts';
import { registerPasswordRoutes } from './session/password-routes.ts';
import { registerOidcRoutes } from './session/oidc-routes.ts';
import { registerSessionListRoutes } from './session/session-list-routes.ts';
import { registerSessionRoutes } from './session/session-routes.ts';
import { registerTokenRoutes } from './tokens/token-routes.ts';
import { registerSystemView } from './system/system-view.ts';
import { registerSystemRoutes } from './system/system-routes.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { SESSION_COOKIE } from './session/session-token.ts';
import { createSpoolDrain, type SpoolDrain } from './webhook/drain-spool.ts';
import { createEventTaker, type EventTaker } from './webhook/take-events.ts';
import { registerWebhookDeliveryRoutes } from './webhooks-out/webhook-delivery-routes.ts';
import { registerWebhookRoutes } from './webhook/webhook-routes.ts';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type App,
} from './zod-provider.ts';

/** An app, and what the background tasks of the process share with it. */
export interface BuiltApp {
  app: App;
  metrics: ApiMetrics;
  spoolDrain: SpoolDrain;
}

/** The request log: method, route and status. Never the address itself, whose query may hold tokens. */
function logRequests(app: App, metrics: ApiMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method, params } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.requestSeconds.observe({ method, route, status }, elapsedTime / 1000);
    const { id: conversationId } = (params ?? {}) as { id?: string };
    const level = status >= 500 ? 'warn' : isRoutine(route) ? 'debug' : 'info';
    request.log[level]({ method, route, status, ms: Math.round(elapsedTime), conversationId }, 'request');
  });
}

const isRoutine = (route: string): boolean => ['/healthz', '/readyz', '/metrics'].includes(route);

async function registerDocument(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Attendant', version: '1', description: 'Durable contact centre for Facebook Messenger' },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

function createFastify({ logger, settings }: AppDependencies): App {
  const loggerInstance: FastifyBaseLogger = logger;
  return Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    ...serverSettings,
    trustProxy: [...settings.trustedProxies],
    // An id of 256 characters, each of them escaped.
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: (error, request, reply) => handleError(error, request, reply),
  });
}

/**
 * Builds the HTTP side of Attendant on what it is given, without a port: a handler for every row of
 * `contracts/http-routes.ts`, errors in one form.
 */
export async function buildApp(deps: AppDependencies): Promise<BuiltApp> {
  const app = createFastify(deps);
  const metrics = createApiMetrics(deps.registry);
  const desk = createAgentDesk(deps);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleNotFound);
  await app.register(cookie);
  await openForSockets(app);
  await registerDocument(app);
  logRequests(app, metrics);
  guardRoutes(app, deps, ({ username }) => {
    if (username === undefined) return;
    desk
      .recordCall(username)
      .catch((error: unknown) => deps.logger.warn({ err: error, username }, 'lease not renewed'));
  });
  recordCalls(app, deps);
  requireEveryRoute(app);
  setSecurityHeaders(app);
  boundBodies(app);
  boundConnections(app);
  app.decorate('configuredBodyLimit', deps.settings.bodyLimitBytes);
  const taker = createEventTaker(deps, metrics);
  registerSystemRoutes(app, deps);
  registerSystemView(app, deps);
  await registerConsoleRoutes(app, deps);
  registerWebhookRoutes(app, { deps, metrics, taker });
  registerDeskRoutes(app, deps, desk);
  registerAdministrationRoutes(app, deps, taker);
  await app.ready();
  return { app, metrics, spoolDrain: createSpoolDrain(deps, metrics, taker.view) };
}

/** What people work with: their log-in, their state, conversations, queues and the people they talk with. */
function registerDeskRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  registerSessionRoutes(app, deps, desk);
  registerCurrentUserRoutes(app, deps);
  registerOidcRoutes(app, deps);
  registerSessionListRoutes(app, deps);
  registerPasswordRoutes(app, deps);
  registerTokenRoutes(app, deps);
  registerAgentDeskRoutes(app, deps, desk);
  registerMyDayRoutes(app, deps);
  registerQueueRoutes(app, deps);
  registerOverviewRoutes(app, deps);
  registerReportRoutes(app, deps);
  registerRecordRoutes(app, deps);
  registerExportRoutes(app, deps);
  registerSavedSearchRoutes(app, deps);
  registerEvaluationRoutes(app, deps);
  registerAssignmentRoutes(app, deps);
  registerQueueCommandRoutes(app, deps);
  registerRoutingRoutes(app, deps);
  registerWrapUpRoutes(app, deps);
  registerConversationRoutes(app, deps);
  registerTimeTravelRoutes(app, deps);
  registerSurgeryRoutes(app, deps);
  registerTimerRoutes(app, deps);
  registerBulkSurgeryRoutes(app, deps);
  registerHistoryRoutes(app, deps);
  registerLiveRoutes(app, deps);
  registerCommandRoutes(app, deps);
  registerOwnMessageRoutes(app, deps);
  registerActionRoutes(app, deps);
  registerContactRoutes(app, deps);
  registerCaseRoutes(app, deps);
  registerInternalMessageRoutes(app, deps);
}

/** What a deployment is set up and looked after with. */
function registerAdministrationRoutes(app: App, deps: AppDependencies, taker: EventTaker): void {
  registerConfigurationRoutes(app, deps);
  registerItemRoutes(app, deps);
  registerChangeRoutes(app, deps);
  registerDeletionRoutes(app, deps);
  registerScenarioRoutes(app, deps);
  registerDraftRoutes(app, deps);
  registerMoveRoutes(app, deps);
  registerCanaryRoutes(app, deps);
  registerAccountRoutes(app, deps);
  registerLedgerRoutes(app, deps);
  registerPartRoutes(app, deps);
  registerSendLaneRoutes(app, deps);
  registerDeadLetterRoutes(app, deps, taker);
  registerWebhookDeliveryRoutes(app, deps);
  registerAlertRoutes(app, deps);
  registerFileRoutes(app, deps);
  registerMediaRoutes(app, deps);
  registerCustomerRoutes(app, deps);
  registerLegalHoldRoutes(app, deps);
  registerRetentionRoutes(app, deps);
  registerMetaCallbackRoutes(app, deps);
  registerAuditRoutes(app, deps);
}
