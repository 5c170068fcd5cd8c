import { isSignatureForm } from '../../adapters/messenger/signature.ts';
import { decodeWebhook, type DecodedWebhook } from '../../adapters/messenger/decode-webhook.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppDependencies } from '../dependencies.ts';
import { toAppError } from '../error-handler.ts';
import type { ApiMetrics } from '../metrics.ts';
import { httpRoutes, type HttpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute, type RouteRequest } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { findSigningAccounts, isVerifyToken } from './find-signing-accounts.ts';
import type { HandlingFailure } from './handle-events.ts';
import { createPageEventNotes, type NotePageEvents } from './note-page-events.ts';
import { keepFailures, keepUnknown } from './keep-failures.ts';
import type { EventTaker } from './take-events.ts';

type Query = RouteRequest<HttpRoutes['verifyWebhook']>['query'];

function firstOf(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** An odd body must not look like our fault: what the decoder cannot take is kept and acknowledged. */
function decode(deps: AppDependencies, rawBody: Buffer): DecodedWebhook & { failure?: HandlingFailure } {
  try {
    return decodeWebhook(rawBody, deps.now());
  } catch (error) {
    deps.logger.error({ err: error, bytes: rawBody.length }, 'webhook body could not be decoded');
    const reason = `not decodable: ${error instanceof Error ? error.name : 'unknown error'}`;
    return { isJson: true, events: [], failure: { reason, events: [] } };
  }
}

async function verify(deps: AppDependencies, query: Query): Promise<string> {
  const isKnown = await isVerifyToken(deps.configuration, firstOf(query['hub.verify_token']));
  if (query['hub.mode'] !== 'subscribe' || !isKnown) throw new AppError('VERIFY_TOKEN_INVALID');
  return firstOf(query['hub.challenge']);
}

interface WebhookParts {
  deps: AppDependencies;
  metrics: ApiMetrics;
  taker: EventTaker;
}

interface Receiver extends WebhookParts {
  notePageEvents: NotePageEvents;
}

async function receive({ deps, metrics, taker, notePageEvents }: Receiver, request: FastifyRequest): Promise<void> {
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const header = firstOf(request.headers['x-hub-signature-256']);
  const signers = await findSigningAccounts(deps.configuration, rawBody, header);
  if (signers.length === 0) {
    request.log.warn({ bytes: rawBody.length }, 'webhook signature matches no app secret');
    throw new AppError('SIGNATURE_INVALID');
  }
  const decoded = decode(deps, rawBody);
  if (!decoded.isJson) throw new AppError('BODY_NOT_JSON');
  if (decoded.foreign !== undefined) metrics.webhookEvents.inc({ outcome: 'foreign', result: 'ignored' });
  const { events, failure } = decoded;
  const taken = await taker.take({ events, signers });
  const kept = {
    content: { form: 'body', base64: rawBody.toString('base64') } as const,
    pageIds: signers.map(({ pageId }) => pageId),
  };
  const failures = failure ? [failure, ...taken.failures] : taken.failures;
  await keepFailures(deps, metrics, { ...kept, failures });
  keepUnknown(deps, metrics, { ...kept, events });
  notePageEvents(taken.pageIds);
}

/** Refuses what cannot be signed before its body is read, and reads no further. */
function requireSignatureForm(request: FastifyRequest, reply: FastifyReply): void {
  if (request.method !== 'POST' || isSignatureForm(firstOf(request.headers['x-hub-signature-256']))) return;
  void reply.header('connection', 'close');
  throw new AppError('SIGNATURE_INVALID');
}

/** Everything that is not the caller's mistake is "try again": Messenger keeps what gets no 200. */
function toWebhookError(error: unknown): AppError {
  const known = toAppError(error);
  return known.code === 'INTERNAL' ? new AppError('SERVICE_UNAVAILABLE', { cause: error }) : known;
}

const refusals: Partial<Record<AppError['code'], string>> = {
  SIGNATURE_INVALID: 'bad-signature',
  VERIFY_TOKEN_INVALID: 'bad-verify-token',
  BODY_NOT_JSON: 'not-json',
  BODY_TOO_LARGE: 'too-large',
  SERVICE_UNAVAILABLE: 'unavailable',
};

/**
 * Messenger's webhook, one address for every account. In a scope of its own: the body stays the bytes on the wire,
 * because the signature is made over them.
 */
export function registerWebhookRoutes(app: App, parts: WebhookParts): void {
  const { deps, metrics } = parts;
  const receiver = { ...parts, notePageEvents: createPageEventNotes(deps) };
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    scope.addHook('onRequest', async (request, reply) => requireSignatureForm(request, reply));

    scope.addHook('onError', async (request, _reply, error) => {
      const { code } = toAppError(error);
      metrics.webhookRequests.inc({ result: refusals[code] ?? 'refused' });
      if (code === 'BODY_TOO_LARGE') {
        const limit = deps.settings.bodyLimitBytes;
        request.log.error(
          { limit },
          'ALARM webhook body over the limit: its events are lost until the limit is raised',
        );
      }
    });

    registerRoute(scope, httpRoutes.verifyWebhook, async (request, reply) => {
      const challenge = await verify(deps, request.query).catch((error: unknown) => {
        throw toWebhookError(error);
      });
      metrics.webhookRequests.inc({ result: 'verified' });
      void reply.type('text/plain; charset=utf-8').header('x-content-type-options', 'nosniff');
      return challenge;
    });

    registerRoute(scope, httpRoutes.receiveWebhook, async (request, reply) => {
      await receive(receiver, request).catch((error: unknown) => {
        throw toWebhookError(error);
      });
      metrics.webhookRequests.inc({ result: 'accepted' });
      void reply.type('text/plain; charset=utf-8');
      return 'EVENT_RECEIVED';
    });
  });
}
