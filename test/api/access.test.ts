import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { mayDo, ROLES, SHIPPED_ROLES, type Role } from '../../contracts/privileges.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const anybody: readonly Role[] = ROLES;
const people: Role[] = ['agent', 'supervisor', 'admin'];
const desk: Role[] = ['agent', 'supervisor'];
const overview: Role[] = ['supervisor', 'admin'];
const watch: Role[] = ['supervisor', 'operator', 'admin'];

/** Who may call what: a new route fails the test until it stands here. */
const table: Record<string, 'public' | readonly Role[]> = {
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
  'GET /api/v1/conversations/:id/events': people,
  'GET /api/v1/agents/:username/events': people,
  'GET /api/v1/colleagues': people,
  'GET /api/v1/events': anybody,
  'GET /api/v1/agents/me/state': desk,
  'PUT /api/v1/agents/me/state': desk,
  'GET /api/v1/agents/me/offers': desk,
  'GET /api/v1/scenarios/:name/publications/:number': watch,
  'GET /api/v1/scenarios/:name/canary': watch,
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
  'GET /api/v1/queues/:group': watch,
  'GET /api/v1/conversations': people,
  'GET /api/v1/conversations/:id': people,
  'GET /api/v1/conversations/:id/messages': people,
  'GET /api/v1/conversations/:id/inputs': ['admin'],
  'GET /api/v1/conversations/:id/replay': ['admin'],
  'GET /api/v1/conversations/:id/test': ['admin'],
  'GET /api/v1/conversations/:id/surgery': ['admin'],
  'POST /api/v1/conversations/:id/surgery/preview': ['admin'],
  'POST /api/v1/conversations/:id/surgery': ['admin'],
  'GET /api/v1/timers': ['admin'],
  'POST /api/v1/surgeries/preview': ['admin'],
  'POST /api/v1/surgeries': ['admin'],
  'GET /api/v1/surgeries': ['admin'],
  'GET /api/v1/surgeries/:id': ['admin'],
  'GET /api/v1/surgeries/:id/conversations': ['admin'],
  'POST /api/v1/surgeries/:id/stop': ['admin'],
  'GET /api/v1/files/:id': people,
  'GET /api/v1/files': watch,
  'POST /api/v1/files': ['admin'],
  'DELETE /api/v1/files/:id': ['admin'],
  'POST /api/v1/conversations/:id/accept': desk,
  'POST /api/v1/conversations/:id/reject': desk,
  'POST /api/v1/conversations/:id/messages': desk,
  'POST /api/v1/conversations/:id/end': desk,
  'POST /api/v1/conversations/:id/actions': desk,
  'GET /api/v1/agents/me/choices': desk,
  'GET /api/v1/agents/:username/state': watch,
  'PUT /api/v1/agents/:username/state': overview,
  'GET /api/v1/agents/me/wrap-ups': desk,
  'GET /api/v1/queues': watch,
  'GET /api/v1/records': overview,
  'GET /api/v1/conversations/:id/evaluations': overview,
  'POST /api/v1/conversations/:id/evaluations': overview,
  'POST /api/v1/conversations/:id/evaluation-assignments': overview,
  'GET /api/v1/evaluation-assignments': overview,
  'GET /api/v1/evaluation-assignments/rules': overview,
  'PUT /api/v1/evaluation-assignments/:id': overview,
  'DELETE /api/v1/evaluation-assignments/:id': overview,
  'GET /api/v1/evaluations': overview,
  'GET /api/v1/evaluations/:id': people,
  'PUT /api/v1/evaluations/:id': overview,
  'DELETE /api/v1/evaluations/:id': overview,
  'POST /api/v1/evaluations/:id/finish': overview,
  'POST /api/v1/evaluations/:id/decision': overview,
  'POST /api/v1/evaluations/:id/confirm': desk,
  'POST /api/v1/evaluations/:id/dispute': desk,
  'GET /api/v1/agents/me/evaluations': desk,
  'GET /api/v1/evaluation-forms': watch,
  'PATCH /api/v1/evaluation-forms/:name': ['admin'],
  'DELETE /api/v1/evaluation-forms/:name': ['admin'],
  'GET /api/v1/evaluation-assignment-rules': watch,
  'PATCH /api/v1/evaluation-assignment-rules/:name': ['admin'],
  'DELETE /api/v1/evaluation-assignment-rules/:name': ['admin'],
  'GET /api/v1/surveys': watch,
  'PATCH /api/v1/surveys/:name': ['admin'],
  'DELETE /api/v1/surveys/:name': ['admin'],
  'GET /api/v1/records/choices': overview,
  'POST /api/v1/records/exports': overview,
  'GET /api/v1/records/exports': overview,
  'GET /api/v1/records/exports/:id': overview,
  'DELETE /api/v1/records/exports/:id': overview,
  'GET /api/v1/records/exports/:id/file': overview,
  'GET /api/v1/saved-searches': overview,
  'PUT /api/v1/saved-searches/:name': overview,
  'DELETE /api/v1/saved-searches/:name': overview,
  'GET /api/v1/arrivals': watch,
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
  'GET /api/v1/conversations/:id/routing': people,
  'GET /api/v1/conversations/:id/wrap-up': people,
  'POST /api/v1/conversations/:id/wrap-up': desk,
  'POST /api/v1/conversations/:id/wrap-up/extend': desk,
  'GET /api/v1/groups': watch,
  'GET /api/v1/teams': watch,
  'PATCH /api/v1/groups/:name': ['admin'],
  'PATCH /api/v1/teams/:name': ['admin'],
  'DELETE /api/v1/groups/:name': ['admin'],
  'DELETE /api/v1/teams/:name': ['admin'],
  'GET /api/v1/contacts': people,
  'GET /api/v1/contacts/:id': people,
  'PATCH /api/v1/contacts/:id': people,
  'PUT /api/v1/contacts/:id/block': people,
  'DELETE /api/v1/contacts/:id/block': people,
  'POST /api/v1/contacts/:id/merge': people,
  'POST /api/v1/contacts/:id/unmerge': people,
  'GET /api/v1/contacts/:id/conversations': people,
  'GET /api/v1/cases': people,
  'GET /api/v1/cases/:id': people,
  'POST /api/v1/cases': people,
  'PATCH /api/v1/cases/:id': people,
  'POST /api/v1/cases/:id/comments': people,
  'POST /api/v1/cases/:id/conversations': people,
  'GET /api/v1/internal-messages': anybody,
  'POST /api/v1/internal-messages/:id/read': anybody,
  'GET /api/v1/contact-fields': anybody,
  'GET /api/v1/case-statuses': anybody,
  'GET /api/v1/agents/me/canned-responses': desk,
  'PUT /api/v1/agents/me/canned-responses/:name': desk,
  'DELETE /api/v1/agents/me/canned-responses/:name': desk,
  'GET /api/v1/conversations/:id/transfer-targets': people,
  'POST /api/v1/conversations/:id/labels': desk,
  'POST /api/v1/conversations/:id/snooze': desk,
  'POST /api/v1/conversations/:id/priority': overview,
  'GET /api/v1/live-overview': watch,
  'GET /api/v1/agents/:username/chats': watch,
  'POST /api/v1/conversations/:id/wake': desk,
  'POST /api/v1/contacts/:id/conversations': desk,
  'POST /api/v1/conversations/:id/reopen': desk,
  'GET /api/v1/labels': anybody,
  'PATCH /api/v1/labels/:name': ['admin'],
  'DELETE /api/v1/labels/:name': ['admin'],
  'GET /api/v1/canned-responses': watch,
  'PATCH /api/v1/canned-responses/:name': ['admin'],
  'DELETE /api/v1/canned-responses/:name': ['admin'],
  'PATCH /api/v1/contact-fields/:name': ['admin'],
  'PATCH /api/v1/case-statuses/:name': ['admin'],
  'DELETE /api/v1/contact-fields/:name': ['admin'],
  'DELETE /api/v1/case-statuses/:name': ['admin'],
  'GET /api/v1/accounts': watch,
  'GET /api/v1/services': watch,
  'GET /api/v1/entries': watch,
  'GET /api/v1/users': watch,
  'GET /api/v1/roles': watch,
  'PATCH /api/v1/roles/:name': ['admin'],
  'DELETE /api/v1/roles/:name': ['admin'],
  'GET /api/v1/hours': watch,
  'GET /api/v1/bots': watch,
  'GET /api/v1/models': watch,
  'GET /api/v1/webhooks': watch,
  'GET /api/v1/secrets': watch,
  'GET /api/v1/scenarios': watch,
  'GET /api/v1/scenarios/:name/versions': watch,
  'GET /api/v1/scenarios/:name/versions/:version': watch,
  'POST /api/v1/scenarios/check': watch,
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
  'POST /api/v1/webhook-deliveries/:id/replay': ['operator', 'admin'],
  'POST /api/v1/webhooks/:name/replay': ['operator', 'admin'],
  'DELETE /api/v1/secrets/:name': ['admin'],
  'GET /api/v1/audit': ['admin'],
  'GET /api/v1/configuration': ['admin'],
  'GET /api/v1/retention': watch,
  'PATCH /api/v1/retention/:name': ['admin'],
  'DELETE /api/v1/retention/:name': ['admin'],
  'GET /api/v1/retention/progress': watch,
  'POST /api/v1/retention/preview': ['admin'],
  'GET /api/v1/system': watch,
  'GET /api/v1/chat-settings': watch,
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
  'POST /api/v1/accounts/:name/test': watch,
  'GET /api/v1/ledger/balance': watch,
  'GET /api/v1/ledger/parts': watch,
  'POST /api/v1/ledger/parts/:id/retry': ['operator', 'admin'],
  'POST /api/v1/ledger/parts/:id/discard': ['operator', 'admin'],
  'GET /api/v1/send-lanes': watch,
  'POST /api/v1/send-lanes/:pageId/resume': ['operator', 'admin'],
  'POST /api/v1/configuration/apply': ['admin'],
  'GET /api/v1/alerts': watch,
  'POST /api/v1/alerts/:id/acknowledge': watch,
  'POST /api/v1/alerts/:id/resolve': watch,
  'GET /api/v1/dead-letters': watch,
  'GET /api/v1/dead-letters/:id': ['admin'],
  'POST /api/v1/dead-letters/:id/replay': ['operator', 'admin'],
  'GET /api/v1/customers/:pageId/:psid/export': ['admin'],
  'DELETE /api/v1/customers/:pageId/:psid': ['admin'],
  'GET /api/v1/legal-holds': ['admin'],
  'POST /api/v1/legal-holds': ['admin'],
  'DELETE /api/v1/legal-holds/:id': ['admin'],
  'GET /api/v1/conversations/:id/legal-hold': overview,
};

const users: Record<Role, string> = { agent: 'ann', supervisor: 'sue', operator: 'otto', admin: 'adam' };
let api: TestApi;
const tokens = {} as Record<Role, string>;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  await api.apply([{ kind: 'user', username: 'otto', role: 'operator', password: PASSWORD }]);
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
    const rows = Object.values<HttpRoute>(httpRoutes).map(
      ({ method, path, access }): [string, 'public' | readonly Role[]] => {
        if (access === 'public') return [`${method} ${path}`, 'public'];
        return [
          `${method} ${path}`,
          anybody.filter((role) => access === 'anybody' || mayDo({ privileges: SHIPPED_ROLES[role] }, ...access)),
        ];
      },
    );
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
