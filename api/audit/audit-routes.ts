import { auditedCustomer, type AuditFilter } from '../../adapters/mongo/audit-repository.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { AuditEntry } from '../../contracts/audit.ts';
import type { AuditEntryView } from '../../contracts/audit-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute, type RouteRequest } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;

type Query = RouteRequest<typeof httpRoutes.listAuditEntries>['query'];

/** Who did what: read by admins, written by everything else. */
export function registerAuditRoutes(app: App, { audit, configuration }: AppDependencies): void {
  registerRoute(app, httpRoutes.listAuditEntries, async ({ query }) => {
    const { cursor, limit } = query;
    const found = await withDeadline(audit.list(filterOf(query), { cursor, limit }), DEADLINE_MS, 'Collection audit');
    const accounts = await configuration.get();
    return { items: found.items.map((entry) => present(entry, accounts)), next: found.next };
  });
}

function filterOf({ action, by, name, conversationId, pageId, psid, from, to }: Query): AuditFilter {
  const customer = pageId !== undefined && psid !== undefined ? auditedCustomer({ pageId, psid }) : {};
  return withoutUndefined({
    action,
    by,
    subject: withoutUndefined({ name, conversationId, pageId, ...customer }),
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  });
}

function present(
  { at, address, userId, subject = {}, before, after, ...entry }: AuditEntry,
  accounts: Pick<ConfigurationSnapshot, 'accountByPage'>,
): AuditEntryView {
  const account = subject.pageId === undefined ? undefined : accounts.accountByPage(subject.pageId)?.name;
  return {
    ...entry,
    at: new Date(at).toISOString(),
    userId: userId ?? null,
    address: address ?? null,
    subject: { ...subject, ...(account !== undefined && { account }) },
    before: before ? { ...before } : null,
    after: after ? { ...after } : null,
  };
}
