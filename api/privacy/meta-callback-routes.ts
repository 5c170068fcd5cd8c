import type { FastifyRequest } from 'fastify';
import { readSignedRequest } from '../../adapters/messenger/signed-request.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Erasure } from '../../contracts/erasure.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;

const words: Record<Erasure['state'], string> = {
  waiting: 'We have received the request and are deleting the data.',
  held: 'We have received the request. The law obliges us to keep the data for now; it is deleted as soon as it no longer does.',
  erased: 'The data has been deleted. We look once more, a minute later, that nothing is left.',
  verified: 'The data has been deleted.',
  unmatched: 'We have found no data for this request.',
};

interface Signed {
  userId: string;
  pageIds: string[];
  text: string;
}

/** Who is meant, and the Pages of the app that signed. @throws AppError SIGNATURE_INVALID */
async function readSigned({ configuration }: AppDependencies, request: FastifyRequest): Promise<Signed> {
  const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
  const text = form.get('signed_request') ?? '';
  const accounts = (await configuration.get()).accounts();
  for (const appSecret of new Set(accounts.map((account) => account.appSecret))) {
    const read = readSignedRequest(text, appSecret);
    if (!read) continue;
    const pageIds = accounts.filter((account) => account.appSecret === appSecret).map(({ pageId }) => pageId);
    return { ...read, pageIds, text };
  }
  throw new AppError('SIGNATURE_INVALID');
}

/** Where the person can look how far it is. Meta wants https; a proxy in front says so. */
function statusUrl(deps: AppDependencies, request: FastifyRequest, code: string): string {
  const base = deps.settings.publicUrl ?? `${request.protocol}://${request.host}`;
  return `${base}${httpRoutes.requestDataDeletion.path}/${code}`;
}

/**
 * What Meta calls for a person: deletion of their data, and their taking the app away. In a scope of its own: forms are read
 * as bytes, and signed by the app secret.
 * Source: App Dashboard, Data Deletion Request Callback; Facebook Login, Deauthorize Callback.
 */
export function registerMetaCallbackRoutes(app: App, deps: AppDependencies): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    registerRoute(scope, httpRoutes.requestDataDeletion, async (request) => {
      const { userId, pageIds, text } = await readSigned(deps, request);
      const opening = deps.erasures.open({ origin: 'meta', subject: { userId, pageIds }, text, at: deps.now() });
      const code = await withDeadline(opening, DEADLINE_MS, 'Collection erasures');
      return { url: statusUrl(deps, request, code), confirmation_code: code };
    });

    registerRoute(scope, httpRoutes.deauthorize, async (request) => {
      const { pageIds } = await readSigned(deps, request);
      for (const pageId of pageIds) {
        const telling = deps.alerts.tell({
          pageId,
          kind: 'deauthorized',
          message:
            'Somebody has taken away the rights of the app. Where it was the person behind the token, the Page is disconnected.',
          remedy: 'Run: npx attendant doctor. Where the token is red: generate a new one and apply it.',
        });
        await withDeadline(telling, DEADLINE_MS, 'Collection alerts');
      }
      return { success: true as const };
    });
  });
  registerStatusRoute(app, deps);
}

function registerStatusRoute(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getDataDeletion, async (request, reply) => {
    const erasure = await withDeadline(deps.erasures.find(request.params.code), DEADLINE_MS, 'Collection erasures');
    if (!erasure) throw new AppError('NOT_FOUND');
    const requested = new Date(erasure.requestedAt).toISOString().slice(0, 10);
    return reply
      .type('text/plain; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .send(`Request ${erasure.code} of ${requested}: ${words[erasure.state]}\n`);
  });
}
