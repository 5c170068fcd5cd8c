import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ALL_WEBHOOK_FIELDS } from './control-schema.ts';
import { checkCredentials } from './check-graph-call.ts';
import type { GraphCallName } from './control-schema.ts';
import type { Faults } from './faults.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { SimulatedPage } from './simulator-record.ts';
import { subscribedFields, type SimulatorStore } from './simulator-store.ts';

export interface SetupDeps {
  store: SimulatorStore;
  faults: Faults;
}

interface SetupRequest {
  Params: { id: string };
  Querystring: { access_token?: string; appsecret_proof?: string; input_token?: string };
}

const INVALID_TOKEN = { code: 190, httpStatus: 401 };
const subscribeSchema = z.object({ subscribed_fields: z.string().min(1) });

/** Plays what tells how a Page and its app are set up: token, app, permissions, subscriptions. */
export function registerGraphSetupRoutes(app: FastifyInstance, version: string, deps: SetupDeps): void {
  registerTokenRoutes(app, version, deps);
  registerSubscriptionRoutes(app, version, deps);
}

function registerTokenRoutes(app: FastifyInstance, version: string, deps: SetupDeps): void {
  app.get<SetupRequest>(`${version}/me`, ({ query }) => {
    const page = requirePageByToken(deps, 'me', query);
    return { id: page.pageId, name: page.name };
  });

  app.get<SetupRequest>(`${version}/app`, ({ query }) => {
    const page = requirePageByToken(deps, 'app', query);
    return { id: page.appId, name: 'Simulated app' };
  });

  app.get<SetupRequest>(`${version}/debug_token`, ({ query }) => {
    const ofApp = requireApp(deps, 'debug-token', query);
    const page = ofApp.find((candidate) => candidate.pageToken === query.input_token);
    if (page === undefined) return { data: { is_valid: false, scopes: [] } };
    const { appId, pageId, permissions, tokenExpiresAt = 0 } = page;
    const expiry = Math.floor(tokenExpiresAt / 1000);
    return {
      data: {
        app_id: appId,
        type: 'PAGE',
        profile_id: pageId,
        is_valid: true,
        expires_at: expiry,
        scopes: permissions,
      },
    };
  });
}

function registerSubscriptionRoutes(app: FastifyInstance, version: string, deps: SetupDeps): void {
  const { store } = deps;

  app.get<SetupRequest>(`${version}/:id/subscriptions`, ({ params, query }) => {
    const [page] = requireApp(deps, 'subscriptions', query);
    if (page === undefined || page.appId !== params.id)
      throw new GraphRefusal('Unsupported get request.', { code: 100 });
    const fields = (page.appFields ?? ALL_WEBHOOK_FIELDS).map((name) => ({ name, version: 'v26.0' }));
    return { data: [{ object: 'page', callback_url: page.webhookUrl, active: true, fields }] };
  });

  app.get<SetupRequest>(`${version}/:id/subscribed_apps`, ({ params, query }) => {
    const page = requirePage(deps, params.id, query);
    const ours = { id: page.appId, name: 'Simulated app', subscribed_fields: subscribedFields(page) };
    const others = (page.otherApps ?? []).map((id) => ({ id, name: 'Another app', subscribed_fields: ['messages'] }));
    return { data: [...(ours.subscribed_fields.length > 0 ? [ours] : []), ...others] };
  });

  app.post<SetupRequest>(`${version}/:id/subscribed_apps`, async ({ params, query, body }) => {
    const page = requirePage(deps, params.id, query);
    const parsed = subscribeSchema.safeParse(body);
    const fields = parsed.success ? parsed.data.subscribed_fields.split(',') : [];
    const unknown = fields.findIndex((field) => !ALL_WEBHOOK_FIELDS.includes(field));
    if (fields.length === 0 || unknown !== -1) {
      throw new GraphRefusal(`Param subscribed_fields[${Math.max(unknown, 0)}] must be one of {MESSAGES, …}`, {
        code: 100,
      });
    }
    store.record({ type: 'page', page: { ...page, subscribedFields: fields } });
    await store.flush();
    return { success: true };
  });
}

type Query = SetupRequest['Querystring'];

/** @throws GraphRefusal where such a fault is on */
export function meetFault({ faults }: SetupDeps, call: GraphCallName, pageId: string | undefined): void {
  const fault = faults.findForCall(call, pageId);
  if (fault !== undefined) throw new GraphRefusal(fault.message, fault);
}

export function requirePageByToken(deps: SetupDeps, call: GraphCallName, query: Query): SimulatedPage {
  const page = deps.store.pages.find((candidate) => candidate.pageToken === query.access_token);
  meetFault(deps, call, page?.pageId);
  return check(page, query);
}

function requirePage(deps: SetupDeps, pageId: string, query: Query): SimulatedPage {
  meetFault(deps, 'subscribed-apps', pageId);
  return check(deps.store.findPage(pageId), query);
}

function check(page: SimulatedPage | undefined, query: Query): SimulatedPage {
  // A missing proof is allowed here: the app asks for one only where "Require App Secret" is on.
  const { appsecret_proof: proof, access_token: token } = query;
  if (page === undefined || page.pageToken !== token) {
    checkCredentials(undefined, { token, proof });
    throw new GraphRefusal('Invalid OAuth access token.', INVALID_TOKEN);
  }
  if (proof !== undefined) checkCredentials(page, { token, proof });
  return page;
}

/** The Pages of the app whose own token (`id|secret`) this is. */
function requireApp(deps: SetupDeps, call: GraphCallName, { access_token: token }: Query): SimulatedPage[] {
  const pages = deps.store.pages.filter(({ appId, appSecret }) => `${appId}|${appSecret}` === token);
  meetFault(deps, call, pages[0]?.pageId);
  if (pages.length === 0) throw new GraphRefusal('Invalid OAuth access token signature.', INVALID_TOKEN);
  return pages;
}
