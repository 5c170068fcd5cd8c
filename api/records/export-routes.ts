import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { ExportOwner, RecordExport } from '../../adapters/mongo/records/record-exports.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { isSettledExport } from '../../contracts/record-export.ts';
import type { RecordExportView } from '../../contracts/record-export-schema.ts';
import type { RecordFilter } from '../../contracts/record-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getPrincipal } from '../access.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { EXPORT_KEPT_MS } from './carry-out-exports.ts';
import { exportFormats, writeExport } from './export-rows.ts';
import { toRecordQuery } from './record-query.ts';

/** Exports that one person has at once. */
const MOST_OWN = 20;

const iso = (ms: number): string => new Date(ms).toISOString();

/** Records taken out as a file: asked for, followed, fetched and deleted. */
export function registerExportRoutes(app: App, deps: AppDependencies): void {
  const { recordExports, exportPieces, now } = deps;

  registerRoute(app, httpRoutes.askRecordExport, async (request) => {
    const { filter, format } = request.body;
    await checkFilter(deps, request, filter);
    const createdAt = now();
    const asked = { owner: ownerOf(request), filter, format, createdAt, expiresAt: createdAt + EXPORT_KEPT_MS };
    const opened = await recordExports.open(asked, MOST_OWN);
    if (!opened) throw new AppError('TOO_MANY_RECORD_EXPORTS');
    request.auditSubject = { id: opened.id, format };
    return present(opened);
  });

  registerRoute(app, httpRoutes.listRecordExports, async (request) =>
    wholeList((await recordExports.listOf(ownerOf(request).id, now())).map(present)),
  );

  registerRoute(app, httpRoutes.getRecordExport, async (request) => present(await getExport(deps, request)));

  registerRoute(app, httpRoutes.deleteRecordExport, async (request) => {
    const { id, state } = await getExport(deps, request);
    const isCancelled = !isSettledExport(state) && (await recordExports.cancel(id, now()));
    if (!isCancelled) await recordExports.expire(id, now());
    await exportPieces.dropOfExport(id);
    if (!isCancelled) await recordExports.delete(id);
    return null;
  });

  registerRoute(app, httpRoutes.getRecordExportFile, async (request, reply) => {
    const found = await getExport(deps, request);
    if (found.state !== 'done') throw new AppError('RECORD_EXPORT_UNFINISHED');
    await app.recordCall(request, 'records.export-read');
    const name = `records-${iso(found.createdAt).slice(0, 16).replace(':', '')}.${found.format}`;
    return reply
      .type(exportFormats[found.format].contentType)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(writeExport(deps, found)));
  });
}

/** Users by their id, which is never used again; programs and the admin token by their name. */
function ownerOf(request: FastifyRequest): ExportOwner {
  const { userId, username, name } = getPrincipal(request);
  return withoutUndefined({ id: userId ?? name, username, by: username ?? name });
}

/** @throws AppError NOT_FOUND also for another's: only who sees every chat may have it */
async function getExport({ recordExports, now }: AppDependencies, request: FastifyRequest): Promise<RecordExport> {
  const { id } = request.params as { id: string };
  const found = await recordExports.find(id, now());
  const isTheirs = found?.owner.id === ownerOf(request).id || mayDo(getPrincipal(request), 'see-all-chats');
  if (!found || !isTheirs) throw new AppError('NOT_FOUND', { message: `There is no export ${id} of yours.` });
  return found;
}

/** What the search would be refused for is told at once. @throws AppError REQUEST_INVALID */
async function checkFilter(deps: AppDependencies, request: FastifyRequest, filter: RecordFilter): Promise<void> {
  try {
    await toRecordQuery(deps, filter, await visibleTo(deps, getPrincipal(request)));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'REQUEST_INVALID') throw error;
    const details = error.details.map((each) => ({ ...each, path: each.path.replace(/^querystring/, 'body.filter') }));
    throw new AppError('REQUEST_INVALID', { details, cause: error });
  }
}

function present({
  owner,
  createdAt,
  finishedAt,
  expiresAt,
  pieces: _pieces,
  ...rest
}: RecordExport): RecordExportView {
  return withoutUndefined({
    ...rest,
    by: owner.by,
    createdAt: iso(createdAt),
    finishedAt: finishedAt === undefined ? undefined : iso(finishedAt),
    expiresAt: iso(expiresAt),
  });
}
