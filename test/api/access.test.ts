import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const anybody: Role[] = ['agent', 'supervisor', 'admin'];
const desk: Role[] = ['agent', 'supervisor'];
const overview: Role[] = ['supervisor', 'admin'];

/** Who may call what: a new route fails the test until it stands here. */
const table: Record<string, 'public' | Role[]> = {
  'GET /': 'public',
  'GET /*': 'public',
  'GET /assets/:name': 'public',
  'GET /assets/:folder/:language/:name': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /simulator': 'public',
  'GET /api/v1/openapi.json': 'public',
  'GET /clientweb/fb/webhook': 'public',
  'POST /clientweb/fb/webhook': 'public',
  'POST /clientweb/fb/data-deletion': 'public',
  'GET /clientweb/fb/data-deletion/:code': 'public',
  'POST /clientweb/fb/deauthorize': 'public',
  'POST /api/v1/session': 'public',
  'GET /api/v1/session': anybody,
  'GET /api/v1/session/methods': 'public',
  'GET /api/v1/oidc': 'public',
  'GET /api/v1/oidc/callback': 'public',
  'GET /api/v1/agents/me/chats': desk,
  'GET /api/v1/agents/me/day': desk,
  'GET /api/v1/agents/me/work': desk,
  'POST /api/v1/conversations/:id/files': desk,
  'POST /api/v1/conversations/:id/messages/:messageId/retry': desk,
  'POST /api/v1/conversations/:id/messages/:messageId/discard': desk,
  'DELETE /api/v1/session': anybody,
  'GET /api/v1/sessions': anybody,
  'DELETE /api/v1/sessions/:id': anybody,
  'PUT /api/v1/users/me/password': anybody,
  'GET /api/v1/users/me/second-factor': anybody,
  'POST /api/v1/users/me/second-factor': anybody,
  'PUT /api/v1/users/me/second-factor': anybody,
  'POST /api/v1/users/me/second-factor/off': anybody,
  'DELETE /api/v1/users/:username/second-factor': ['admin'],
  'GET /api/v1/conversations/:id/events': anybody,
  'GET /api/v1/agents/:username/events': anybody,
  'GET /api/v1/events': anybody,
  'GET /api/v1/agents/me/state': desk,
  'PUT /api/v1/agents/me/state': desk,
  'GET /api/v1/agents/me/offers': desk,
  'GET /api/v1/scenarios/:name/publications/:number': overview,
  'GET /api/v1/scenarios/:name/canary': overview,
  'PATCH /api/v1/scenarios/:name/canary': ['admin'],
  'POST /api/v1/scenarios/:name/canary/end': ['admin'],
  'POST /api/v1/scenarios/:name/canary/finish': ['admin'],
  'POST /api/v1/scenarios/:name/impact': ['admin'],
  'POST /api/v1/scenarios/:name/moves': ['admin'],
  'GET /api/v1/scenarios/:name/moves': ['admin'],
  'GET /api/v1/scenarios/:name/moves/:id': ['admin'],
  'GET /api/v1/scenarios/:name/moves/:id/conversations': ['admin'],
  'POST /api/v1/scenarios/:name/moves/:id/stop': ['admin'],
  'POST /api/v1/scenarios/:name/moves/:id/undo': ['admin'],
  'GET /api/v1/queues/:group': overview,
  'GET /api/v1/conversations': anybody,
  'GET /api/v1/conversations/:id': anybody,
  'GET /api/v1/conversations/:id/messages': anybody,
  'GET /api/v1/conversations/:id/inputs': ['admin'],
  'GET /api/v1/conversations/:id/replay': ['admin'],
  'GET /api/v1/conversations/:id/test': ['admin'],
  'GET /api/v1/conversations/:id/surgery': ['admin'],
  'POST /api/v1/conversations/:id/surgery/preview': ['admin'],
  'POST /api/v1/conversations/:id/surgery': ['admin'],
  'GET /api/v1/files/:id': anybody,
  'GET /api/v1/files': overview,
  'POST /api/v1/files': ['admin'],
  'DELETE /api/v1/files/:id': ['admin'],
  'POST /api/v1/conversations/:id/accept': desk,
  'POST /api/v1/conversations/:id/reject': desk,
  'POST /api/v1/conversations/:id/messages': desk,
  'POST /api/v1/conversations/:id/end': desk,
  'POST /api/v1/conversations/:id/actions': desk,
  'GET /api/v1/agents/me/choices': desk,
  'GET /api/v1/agents/:username/state': overview,
  'PUT /api/v1/agents/:username/state': overview,
  'GET /api/v1/agents/me/wrap-ups': desk,
  'GET /api/v1/queues': overview,
  'GET /api/v1/records': overview,
  'GET /api/v1/conversations/:id/evaluations': overview,
  'POST /api/v1/conversations/:id/evaluations': overview,
  'GET /api/v1/evaluations': overview,
  'GET /api/v1/evaluations/:id': anybody,
  'PUT /api/v1/evaluations/:id': overview,
  'DELETE /api/v1/evaluations/:id': overview,
  'POST /api/v1/evaluations/:id/finish': overview,
  'POST /api/v1/evaluations/:id/decision': overview,
  'POST /api/v1/evaluations/:id/confirm': desk,
  'POST /api/v1/evaluations/:id/dispute': desk,
  'GET /api/v1/agents/me/evaluations': desk,
  'GET /api/v1/evaluation-forms': overview,
  'PATCH /api/v1/evaluation-forms/:name': ['admin'],
  'DELETE /api/v1/evaluation-forms/:name': ['admin'],
  'GET /api/v1/surveys': overview,
  'PATCH /api/v1/surveys/:name': ['admin'],
  'DELETE /api/v1/surveys/:name': ['admin'],
  'GET /api/v1/records/choices': overview,
  'GET /api/v1/saved-searches': overview,
  'PUT /api/v1/saved-searches/:name': overview,
  'DELETE /api/v1/saved-searches/:name': overview,
  'GET /api/v1/arrivals': overview,
  'GET /api/v1/reports': overview,
  'GET /api/v1/reports/:name': overview,
  'GET /api/v1/reports/:name/csv': overview,
  'GET /api/v1/reports/:name/conversations': overview,
  'POST /api/v1/conversations/:id/invite': desk,
  'POST /api/v1/conversations/:id/invite/cancel': desk,
  'POST /api/v1/conversations/:id/transfer-to-scenario': desk,
  'GET /api/v1/conversations/:id/suggestions': desk,
  'POST /api/v1/conversations/:id/suggestions': desk,
  'POST /api/v1/conversations/:id/finish-consult': desk,
  'POST /api/v1/conversations/:id/leave': desk,
  'POST /api/v1/conversations/:id/supervise': ['supervisor'],
  'POST /api/v1/conversations/:id/take-over': ['supervisor'],
  'POST /api/v1/conversations/:id/notes': desk,
  'POST /api/v1/conversations/:id/inner-messages': desk,
  'POST /api/v1/conversations/:id/flag': desk,
  'POST /api/v1/conversations/:id/pick': desk,
  'POST /api/v1/conversations/:id/assign': overview,
  'GET /api/v1/conversations/:id/routing': anybody,
  'GET /api/v1/conversations/:id/wrap-up': anybody,
  'POST /api/v1/conversations/:id/wrap-up': desk,
  'POST /api/v1/conversations/:id/wrap-up/extend': desk,
  'GET /api/v1/groups': overview,
  'GET /api/v1/teams': overview,
  'PATCH /api/v1/groups/:name': ['admin'],
  'PATCH /api/v1/teams/:name': ['admin'],
  'DELETE /api/v1/groups/:name': ['admin'],
  'DELETE /api/v1/teams/:name': ['admin'],
  'GET /api/v1/contacts': anybody,
  'GET /api/v1/contacts/:id': anybody,
  'PATCH /api/v1/contacts/:id': anybody,
  'PUT /api/v1/contacts/:id/block': anybody,
  'DELETE /api/v1/contacts/:id/block': anybody,
  'POST /api/v1/contacts/:id/merge': anybody,
  'POST /api/v1/contacts/:id/unmerge': anybody,
  'GET /api/v1/contacts/:id/conversations': anybody,
  'GET /api/v1/cases': anybody,
  'GET /api/v1/cases/:id': anybody,
  'POST /api/v1/cases': anybody,
  'PATCH /api/v1/cases/:id': anybody,
  'POST /api/v1/cases/:id/comments': anybody,
  'POST /api/v1/cases/:id/conversations': anybody,
  'GET /api/v1/internal-messages': anybody,
  'POST /api/v1/internal-messages/:id/read': anybody,
  'GET /api/v1/contact-fields': anybody,
  'GET /api/v1/case-statuses': anybody,
  'GET /api/v1/agents/me/canned-responses': desk,
  'PUT /api/v1/agents/me/canned-responses/:name': desk,
  'DELETE /api/v1/agents/me/canned-responses/:name': desk,
  'GET /api/v1/conversations/:id/transfer-targets': anybody,
  'POST /api/v1/conversations/:id/labels': desk,
  'POST /api/v1/conversations/:id/snooze': desk,
  'POST /api/v1/conversations/:id/priority': overview,
  'GET /api/v1/live-overview': overview,
  'GET /api/v1/agents/:username/chats': overview,
  'POST /api/v1/conversations/:id/wake': desk,
  'POST /api/v1/contacts/:id/conversations': desk,
  'POST /api/v1/conversations/:id/reopen': desk,
  'GET /api/v1/labels': anybody,
  'PATCH /api/v1/labels/:name': ['admin'],
  'DELETE /api/v1/labels/:name': ['admin'],
  'GET /api/v1/canned-responses': overview,
  'PATCH /api/v1/canned-responses/:name': ['admin'],
  'DELETE /api/v1/canned-responses/:name': ['admin'],
  'PATCH /api/v1/contact-fields/:name': ['admin'],
  'PATCH /api/v1/case-statuses/:name': ['admin'],
  'DELETE /api/v1/contact-fields/:name': ['admin'],
  'DELETE /api/v1/case-statuses/:name': ['admin'],
  'GET /api/v1/accounts': overview,
  'GET /api/v1/services': overview,
  'GET /api/v1/entries': overview,
  'GET /api/v1/users': overview,
  'GET /api/v1/hours': overview,
  'GET /api/v1/bots': overview,
  'GET /api/v1/models': overview,
  'GET /api/v1/webhooks': overview,
  'GET /api/v1/secrets': overview,
  'GET /api/v1/scenarios': overview,
  'GET /api/v1/scenarios/:name/versions': overview,
  'GET /api/v1/scenarios/:name/versions/:version': overview,
  'POST /api/v1/scenarios/check': overview,
  'POST /api/v1/scenarios/publish': ['admin'],
  'POST /api/v1/scenarios/:name/rollback': ['admin'],
  'GET /api/v1/scenario-drafts': ['admin'],
  'GET /api/v1/scenarios/:name/draft': ['admin'],
  'PUT /api/v1/scenarios/:name/draft': ['admin'],
  'DELETE /api/v1/scenarios/:name/draft': ['admin'],
  'POST /api/v1/scenarios/:name/draft/publish': ['admin'],
  'PUT /api/v1/scenarios/:name/draft/lock': ['admin'],
  'DELETE /api/v1/scenarios/:name/draft/lock': ['admin'],
  'DELETE /api/v1/accounts/:name': ['admin'],
  'DELETE /api/v1/services/:name': ['admin'],
  'DELETE /api/v1/entries/:name': ['admin'],
  'DELETE /api/v1/users/:name': ['admin'],
  'DELETE /api/v1/hours/:name': ['admin'],
  'DELETE /api/v1/bots/:name': ['admin'],
  'DELETE /api/v1/models/:name': ['admin'],
  'DELETE /api/v1/webhooks/:name': ['admin'],
  'GET /api/v1/tokens': ['admin'],
  'POST /api/v1/tokens': ['admin'],
  'GET /api/v1/tokens/scopes': ['admin'],
  'DELETE /api/v1/tokens/:id': ['admin'],
  'GET /api/v1/webhook-deliveries': ['admin'],
  'POST /api/v1/webhook-deliveries/:id/replay': ['admin'],
  'POST /api/v1/webhooks/:name/replay': ['admin'],
  'DELETE /api/v1/secrets/:name': ['admin'],
  'GET /api/v1/audit': ['admin'],
  'GET /api/v1/configuration': ['admin'],
  'GET /api/v1/system': overview,
  'GET /api/v1/chat-settings': overview,
  'PATCH /api/v1/chat-settings/:name': ['admin'],
  'DELETE /api/v1/chat-settings/:name': ['admin'],
  'GET /api/v1/configuration/items': ['admin'],
  'PATCH /api/v1/accounts/:name': ['admin'],
  'PATCH /api/v1/services/:name': ['admin'],
  'PATCH /api/v1/entries/:name': ['admin'],
  'PATCH /api/v1/users/:name': ['admin'],
  'PATCH /api/v1/hours/:name': ['admin'],
  'PATCH /api/v1/bots/:name': ['admin'],
  'PATCH /api/v1/models/:name': ['admin'],
  'PATCH /api/v1/webhooks/:name': ['admin'],
  'PATCH /api/v1/secrets/:name': ['admin'],
  'POST /api/v1/accounts/:name/test': overview,
  'GET /api/v1/ledger/balance': overview,
  'GET /api/v1/ledger/parts': overview,
  'POST /api/v1/ledger/parts/:id/retry': ['admin'],
  'POST /api/v1/ledger/parts/:id/discard': ['admin'],
  'GET /api/v1/send-lanes': overview,
  'POST /api/v1/send-lanes/:pageId/resume': ['admin'],
  'POST /api/v1/configuration/apply': ['admin'],
  'GET /api/v1/alerts': overview,
  'POST /api/v1/alerts/:id/acknowledge': overview,
  'POST /api/v1/alerts/:id/resolve': overview,
  'GET /api/v1/dead-letters': overview,
  'GET /api/v1/dead-letters/:id': ['admin'],
  'POST /api/v1/dead-letters/:id/replay': ['admin'],
  'GET /api/v1/customers/:pageId/:psid/export': ['admin'],
  'DELETE /api/v1/customers/:pageId/:psid': ['admin'],
};

const users: Record<Role, string> = { agent: 'ann', supervisor: 'sue', admin: 'adam' };
let api: TestApi;
const tokens = {} as Record<Role, string>;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  for (const role of anybody) tokens[role] = await api.logIn(users[role]);
});
afterAll(() => api.stop());

const request = (route: string, token?: string) => {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(':id', 'c-0').replace(':name', 'none');
  return api.call(method as 'GET', url, token === undefined ? {} : { token });
};

describe('access', () => {
  it('is declared in the table for every route there is', () => {
    const routes = api.app.printRoutes({ commonPrefix: false, includeHooks: false });
    const listed = Object.keys(table).filter((route) => {
      const [method = '', url = ''] = route.split(' ');
      return api.app.hasRoute({ method, url });
    });
    const countOfMethods = [...routes.matchAll(/\(([A-Z, ]+)\)/g)]
      .flatMap((match) => (match[1] ?? '').split(', '))
      .filter((method) => method !== 'HEAD').length;
    expect(listed).toEqual(Object.keys(table));
    expect(countOfMethods).toBe(Object.keys(table).length);
  });

  const guarded = Object.entries(table).filter(([, policy]) => policy !== 'public');

  it.each(guarded.map(([route]) => route))('%s asks for a log-in', async (route) => {
    expect(await request(route)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect((await request(route, 'no-such-token')).status).toBe(401);
  });

  const cells = guarded
    .filter(([route]) => route !== 'DELETE /api/v1/session')
    .flatMap(([route, roles]) => anybody.map((role) => ({ route, role, isAllowed: roles.includes(role) })));

  it.each(cells)('$route lets $role in: $isAllowed', async ({ route, role, isAllowed }) => {
    const { status } = await request(route, tokens[role]);
    if (isAllowed) expect([200, 204, 400, 404, 426]).toContain(status);
    else expect(status).toBe(403);
  });

  it('is by privileges what the table says by roles, for every row of the routes', () => {
    const rows = Object.values<HttpRoute>(httpRoutes).map(({ method, path, access }): [string, 'public' | Role[]] => {
      if (access === 'public') return [`${method} ${path}`, 'public'];
      return [`${method} ${path}`, anybody.filter((role) => access === 'anybody' || mayDo(role, ...access))];
    });
    expect(Object.fromEntries(rows)).toEqual(table);
  });

  it('refuses to register a route without a policy', async () => {
    const { guardRoutes } = await import('../../api/access.ts');
    const { default: Fastify } = await import('fastify');
    const app = Fastify();
    guardRoutes(app, api.deps, () => undefined);
    expect(() => app.get('/open', async () => 'x')).toThrow('declares no access policy');
  });

  it("takes the deployment's admin token as an admin who is no user", async () => {
    expect((await api.call('GET', '/api/v1/users', { token: ADMIN_TOKEN })).status).toBe(200);
    expect((await api.call('GET', '/api/v1/agents/me/offers', { token: ADMIN_TOKEN })).status).toBe(403);
  });
});
