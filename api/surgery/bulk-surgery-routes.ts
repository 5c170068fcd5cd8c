import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { OrderedConversation } from '../../adapters/mongo/bulk-surgeries.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { BulkSurgery, BulkSurgeryRecord, OperatedConversation } from '../../contracts/bulk-surgery.ts';
import type { BulkSurgeryView, OperatedConversationView } from '../../contracts/bulk-surgery-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { findMeant, readItem } from './find-meant.ts';
import { previewBulk } from './preview-bulk.ts';

/** Operations that a list shows. */
const LATEST = 20;

/** Many running conversations helped on by hand: what would come of it, doing it, and what has. */
export function registerBulkSurgeryRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.previewBulkSurgery, async (request) => {
    const { surgery } = request.body;
    const { meant, found } = await findMeant(deps, getPrincipal(request), request.body);
    return previewBulk(deps, { surgery, meant, found });
  });

  registerRoute(app, httpRoutes.beginBulkSurgery, async (request) => {
    const { clientId, surgery, items } = request.body;
    const { by } = auditedCaller(request);
    const { meant } = await findMeant(deps, getPrincipal(request), { surgery, items });
    const ordered = items.map((item, index): OrderedConversation => ({
      ...readItem(surgery, item, index),
      workflowId: meant[index]?.conversation.workflowId ?? '',
    }));
    const id = idOf(by, clientId);
    const opened = await deps.bulkSurgeries.open({ id, by, surgery, items: ordered, startedAt: deps.now() });
    request.auditSubject = { id, kind: surgery.kind, count: String(opened.total) };
    return present(deps, opened);
  });

  registerReading(app, deps);

  registerRoute(app, httpRoutes.stopBulkSurgery, async (request) => {
    const { id } = await getOperation(deps, request, request.params.id);
    await deps.bulkSurgeries.stop(id, deps.now());
    request.auditSubject = { id };
    return present(deps, await getOperation(deps, request, id));
  });
}

function registerReading(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listBulkSurgeries, async (request) => {
    const latest = await deps.bulkSurgeries.list(LATEST, onlyBy(request));
    return wholeList(await Promise.all(latest.map((operation) => present(deps, operation))));
  });

  registerRoute(app, httpRoutes.getBulkSurgery, async (request) =>
    present(deps, await getOperation(deps, request, request.params.id)),
  );

  registerRoute(app, httpRoutes.listOperatedConversations, async (request) => {
    const { id } = await getOperation(deps, request, request.params.id);
    const { cursor, limit } = request.query;
    const rows = await deps.bulkSurgeries.listRows(id, { after: readCursor(cursor), limit: limit + 1 });
    const items = rows.slice(0, limit);
    return { items: items.map(presentRow), next: rows.length > limit ? String(items.at(-1)?.index) : null };
  });
}

/** The same order of the same person is the same operation, however often it comes. */
function idOf(by: string, clientId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([by, clientId]))
    .digest('hex')
    .slice(0, 32);
}

/** Whoever does not see every chat sees their own operations. */
function onlyBy(request: FastifyRequest): string | undefined {
  return mayDo(getPrincipal(request), 'see-all-chats') ? undefined : auditedCaller(request).by;
}

async function getOperation(
  { bulkSurgeries }: Pick<AppDependencies, 'bulkSurgeries'>,
  request: FastifyRequest,
  id: string,
): Promise<BulkSurgeryRecord> {
  const found = await bulkSurgeries.find(id);
  const by = onlyBy(request);
  if (found && (by === undefined || found.by === by)) return found;
  throw new AppError('NOT_FOUND', { message: `There is no operation ${id} on conversations.` });
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return -1;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  const remedy = 'Take `next` of the page before, or none.';
  throw new AppError('REQUEST_INVALID', {
    details: [{ path: 'cursor', message: 'is not a cursor of this list', remedy }],
  });
}

const iso = (ms: number): string => new Date(ms).toISOString();

async function present(
  { bulkSurgeries }: Pick<AppDependencies, 'bulkSurgeries'>,
  { startedAt, endedAt, surgery, ...operation }: BulkSurgeryRecord,
): Promise<BulkSurgeryView> {
  return {
    ...operation,
    surgery: withoutValue(surgery),
    counts: await bulkSurgeries.count(operation.id),
    startedAt: iso(startedAt),
    endedAt: endedAt === undefined ? null : iso(endedAt),
  };
}

function withoutValue(surgery: BulkSurgery): BulkSurgeryView['surgery'] {
  if (surgery.kind !== 'set-variable') return surgery;
  const { kind, name } = surgery;
  return { kind, name };
}

function presentRow({ conversationId, timer, at, answer }: OperatedConversation): OperatedConversationView {
  const isDone = answer.outcome === 'done';
  return {
    conversationId,
    timer: timer ?? null,
    at: iso(at),
    outcome: isDone ? 'done' : answer.reason,
    block: isDone ? answer.block : null,
    to: isDone ? answer.to : null,
    before: isDone ? (answer.before ?? null) : null,
    after: isDone ? (answer.after ?? null) : null,
  };
}
