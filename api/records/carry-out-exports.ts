import type { ClaimedExport, ExportOwner } from '../../adapters/mongo/records/record-exports.ts';
import type { RecordQuery } from '../../adapters/mongo/records/search-records.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo, SHIPPED_ROLES } from '../../contracts/privileges.ts';
import type { RecordExportFailure } from '../../contracts/record-export.ts';
import { toPrincipal, type Principal } from '../access.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentFound } from './present-found.ts';
import { toRecordQuery } from './record-query.ts';

/** How often a process looks for exports to go on with. */
export const EXPORT_TICK_MS = 1000;
/** Records of one piece: all that is in memory at once. */
const PIECE_ROWS = 500;
/** Of a piece; where its process dies, another begins it anew after this. */
const LEASE_MS = 60_000;
const RETRY_AFTER_MS = 10_000;
/** Of one piece. */
const MAX_ATTEMPTS = 10;
const SWEEP_LIMIT = 100;

/** How long the file can be fetched. */
export const EXPORT_KEPT_MS = 7 * 24 * 60 * 60_000;

type ExportDependencies = Pick<
  AppDependencies,
  | 'configuration'
  | 'conversations'
  | 'exportPieces'
  | 'logger'
  | 'now'
  | 'people'
  | 'recordExports'
  | 'records'
  | 'watched'
>;

/**
 * Makes pieces until nobody waits for one, of several exports in turn. Any number of processes may do it at once; one that dies
 * loses the piece that it was making.
 */
export async function carryOutExports(deps: ExportDependencies): Promise<void> {
  for (;;) {
    const claimed = await deps.recordExports.claim(deps.now(), deps.now() + LEASE_MS);
    if (!claimed) return;
    try {
      await carryOn(deps, claimed);
    } catch (error) {
      deps.logger.warn({ err: error, exportId: claimed.id, piece: claimed.pieces }, 'no piece of an export of records');
      await deps.recordExports.postpone(claimed.id, deps.now() + RETRY_AFTER_MS);
    }
  }
}

async function carryOn(deps: ExportDependencies, claimed: ClaimedExport): Promise<void> {
  const { recordExports, exportPieces, now } = deps;
  const asked = claimed.attempts > MAX_ATTEMPTS ? 'gave-up' : await askFor(deps, claimed);
  if (typeof asked === 'string') {
    await recordExports.fail(claimed.id, asked, now());
    // Nobody can fetch them.
    return exportPieces.dropOfExport(claimed.id);
  }
  if (claimed.total === undefined)
    await recordExports.noteTotal(claimed.id, await deps.records.search.count(asked.query));
  await makePiece(deps, claimed, asked);
}

interface Asked {
  query: RecordQuery;
  limits: Awaited<ReturnType<typeof visibleTo>>;
}

async function makePiece(deps: ExportDependencies, claimed: ClaimedExport, { query, limits }: Asked): Promise<void> {
  const { recordExports, exportPieces, now } = deps;
  const { id, cursor, pieces: number } = claimed;
  const { items: found, next } = await deps.records.search.find(query, { cursor, limit: PIECE_ROWS });
  const rows = await presentFound(deps, { found, limits, words: undefined });
  const key = await exportPieces.write(id, { number, rows, now: now() });
  const piece = { key, rows: rows.length, next };
  const isOurs = await recordExports.commit(claimed, piece, { now: now(), expiresAt: now() + EXPORT_KEPT_MS });
  if (isOurs) return exportPieces.settle(key);
  await exportPieces.drop(key);
  // Where it is not cancelled or another's by now, somebody was erased: it is read anew at once.
  await recordExports.postpone(id, now());
}

/** The search as whoever asked may do it now, up to when they asked: what begins later would only move its end. */
async function askFor(deps: ExportDependencies, claimed: ClaimedExport): Promise<Asked | RecordExportFailure> {
  const principal = await principalOf(deps, claimed.owner);
  if (!principal || !mayDo(principal, 'export-records')) return 'not-allowed';
  try {
    const limits = await visibleTo(deps, principal);
    const query = await toRecordQuery(deps, claimed.filter, limits);
    return { limits, query: { ...query, to: Math.min(query.to ?? Infinity, claimed.createdAt) } };
  } catch (error) {
    if (error instanceof AppError && error.code === 'REQUEST_INVALID') return 'search-refused';
    throw error;
  }
}

/** Undefined where they are gone. Who is no user is a program or the admin token. */
async function principalOf(
  { configuration }: Pick<AppDependencies, 'configuration'>,
  { id, username, by }: ExportOwner,
): Promise<Principal | undefined> {
  if (username === undefined) return { role: 'admin', privileges: SHIPPED_ROLES.admin, name: by };
  const inForce = await configuration.get();
  const user = inForce.user(username);
  return user?.id === id ? toPrincipal(user, inForce) : undefined;
}

/** Deletes exports whose time is over, their pieces first, and pieces that became nobody's. */
export async function sweepExports({
  recordExports,
  exportPieces,
  now,
}: Pick<AppDependencies, 'recordExports' | 'exportPieces' | 'now'>): Promise<void> {
  let expired: string[];
  do {
    expired = await recordExports.listExpired(now(), SWEEP_LIMIT);
    for (const id of expired) {
      await exportPieces.dropOfExport(id);
      await recordExports.delete(id);
    }
  } while (expired.length === SWEEP_LIMIT);
  await exportPieces.sweep(now());
}
