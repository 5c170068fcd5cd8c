import type { FastifyRequest } from 'fastify';
import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import { createRecentKeys } from '../../adapters/temporal/recent-keys.ts';
import type { AuditAction, NewAuditEntry } from '../../contracts/audit.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { App } from '../zod-provider.ts';
import { auditedCaller } from './audited-caller.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes the entry of a call whose row names an action. */
    recordCall: (request: FastifyRequest, action: AuditAction) => Promise<void>;
  }
  interface FastifyRequest {
    /** What a handler knows of what was read, beside the parameters of the route. */
    auditSubject: Readonly<Record<string, string>> | null;
  }
}

const READ_EVERY_MS = 60 * 60 * 1000;
const MAX_REMEMBERED = 10_000;

/** A client that shows a chat reads it every few seconds, and one that searches with every letter: that is one reading an hour. */
const isReading = (action: AuditAction): boolean =>
  action === 'transcript.read' || action === 'file.read' || action === 'records.searched';

/**
 * Lets `registerRoute` write an audit entry for each call that succeeds, before it is answered: where the entry cannot be
 * written, nothing is shown.
 */
export function recordCalls(app: App, { audit, now }: Pick<AppDependencies, 'audit' | 'now'>): void {
  const recent = createRecentKeys(MAX_REMEMBERED);
  app.decorateRequest('auditSubject', null);
  app.decorate('recordCall', async (request: FastifyRequest, action: AuditAction) => {
    const entry: NewAuditEntry = { ...auditedCaller(request), action, at: now(), subject: subjectOf(request) };
    if (!isReading(action)) return audit.record([entry]);
    const hour = Math.floor(entry.at / READ_EVERY_MS);
    const key = JSON.stringify([action, entry.by, entry.address, request.params, hour]);
    if (recent.has(key)) return;
    await audit.recordOnce(key, entry);
    recent.add(key);
  });
}

function subjectOf({ params, auditSubject }: FastifyRequest): Record<string, string> {
  const { pageId, psid, ...rest } = params as Record<string, string>;
  const page = pageId === undefined ? {} : { pageId };
  const customer = pageId !== undefined && psid !== undefined ? auditedCustomer({ pageId, psid }) : {};
  return { ...rest, ...page, ...customer, ...auditSubject };
}
