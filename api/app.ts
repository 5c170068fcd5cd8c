import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { guardRoutes } from './access.ts';
import { registerAccountRoutes } from './accounts/account-routes.ts';
import { registerAuditRoutes } from './audit/audit-routes.ts';
import { recordCalls } from './audit/record-calls.ts';
import { boundBodies } from './bound-bodies.ts';
import { boundConnections, serverSettings } from './bound-connections.ts';
import { createAgentDesk } from './agents/agent-desk.ts';
import { registerAgentRoutes } from './agents/agent-routes.ts';
import { registerChangeRoutes } from './configuration/change-routes.ts';
import { registerConfigurationRoutes } from './configuration/configuration-routes.ts';
import { registerDeletionRoutes } from './configuration/deletion-routes.ts';
import { registerSupervisionRoutes } from './agents/supervision-routes.ts';
import { registerActionRoutes } from './conversations/action-routes.ts';
import { registerCommandRoutes } from './conversations/command-routes.ts';
import { registerConversationRoutes } from './conversations/conversation-routes.ts';
import { registerQueueCommandRoutes } from './conversations/queue-command-routes.ts';
import { registerRoutingRoutes } from './conversations/routing-routes.ts';
import { registerWrapUpRoutes } from './conversations/wrap-up-routes.ts';
import type { AppDependencies } from './dependencies.ts';
import { registerFileRoutes } from './files/file-routes.ts';
import { registerMediaRoutes } from './files/media-routes.ts';
import { registerDeadLetterRoutes } from './dead-letters/dead-letter-routes.ts';
import { registerSendLaneRoutes } from './send-lanes/send-lane-routes.ts';
import { registerLedgerRoutes } from './ledger/ledger-routes.ts';
import { registerPartRoutes } from './ledger/part-routes.ts';
import { handleError, handleNotFound } from './error-handler.ts';
import { requireEveryRoute } from './register-route.ts';
import { createApiMetrics, type ApiMetrics } from './metrics.ts';
import { registerDraftRoutes } from './scenarios/draft-routes.ts';
import { registerScenarioRoutes } from './scenarios/scenario-routes.ts';
import { registerAlertRoutes } from './alerts/alert-routes.ts';
import { registerCaseRoutes } from './people/case-routes.ts';
import { registerContactRoutes } from './people/contact-routes.ts';
import { registerInternalMessageRoutes } from './people/internal-message-routes.ts';
import { registerCustomerRoutes } from './privacy/customer-routes.ts';
import { registerQueueRoutes } from './queues/queue-routes.ts';
import { registerMetaCallbackRoutes } from './privacy/meta-callback-routes.ts';
import { registerPasswordRoutes } from './session/password-routes.ts';
import { registerSessionListRoutes } from './session/session-list-routes.ts';
import { registerSessionRoutes } from './session/session-routes.ts';
import { registerSystemRoutes } from './system/system-routes.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { SESSION_COOKIE } from './session/session-token.ts';
import { createSpoolDrain, type SpoolDrain } from './webhook/drain-spool.ts';
import { createEventTaker } from './webhook/take-events.ts';
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
  registerSystemRoutes(app, deps);
  const taker = createEventTaker(deps, metrics);
  registerWebhookRoutes(app, { deps, metrics, taker });
  registerSessionRoutes(app, deps, desk);
  registerSessionListRoutes(app, deps);
  registerPasswordRoutes(app, deps);
  registerAgentRoutes(app, deps, desk);
  registerSupervisionRoutes(app, deps, desk);
  registerQueueRoutes(app, deps);
  registerQueueCommandRoutes(app, deps);
  registerRoutingRoutes(app, deps);
  registerWrapUpRoutes(app, deps);
  registerConversationRoutes(app, deps);
  registerCommandRoutes(app, deps);
  registerActionRoutes(app, deps);
  registerContactRoutes(app, deps);
  registerCaseRoutes(app, deps);
  registerInternalMessageRoutes(app, deps);
  registerConfigurationRoutes(app, deps);
  registerChangeRoutes(app, deps);
  registerDeletionRoutes(app, deps);
  registerScenarioRoutes(app, deps);
  registerDraftRoutes(app, deps);
  registerAccountRoutes(app, deps);
  registerLedgerRoutes(app, deps);
  registerPartRoutes(app, deps);
  registerSendLaneRoutes(app, deps);
  registerDeadLetterRoutes(app, deps, taker);
  registerAlertRoutes(app, deps);
  registerFileRoutes(app, deps);
  registerMediaRoutes(app, deps);
  registerCustomerRoutes(app, deps);
  registerMetaCallbackRoutes(app, deps);
  registerAuditRoutes(app, deps);
  await app.ready();
  return { app, metrics, spoolDrain: createSpoolDrain(deps, metrics, taker.view) };
}
