import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import type { GraphSend } from '../simulator/simulator-record.ts';

/** One part of the ledger as the check needs it. */
export type CheckedRow = Pick<
  MessageDocument,
  '_id' | 'conversationId' | 'psid' | 'status' | 'reason' | 'seq' | 'isResentAfterUnknown' | 'at'
>;
/** One call to the simulator's Send API. */
export type CheckedSend = Pick<GraphSend, 'status' | 'metadata' | 'psid' | 'at'>;

/** What a run showed: broken promises, and the parts of which nobody can say whether they arrived. */
export interface LedgerCheck {
  violations: string[];
  /** Parts of delivery status `unknown`, with what the customer really got. */
  unknowns: { partId: string; arrived: number }[];
  resent: number;
  byStatus: Record<string, number>;
}

const ARRIVED: ReadonlySet<string> = new Set(['accepted', 'delivered', 'read']);
const SETTLED: ReadonlySet<string> = new Set([...ARRIVED, 'failed', 'unknown']);

/**
 * Compares the ledger with what really reached the customers: nothing lost, nothing doubled in silence, nothing said to
 * have failed that arrived, each conversation in order, every part with an end.
 */
export function checkLedger(rows: readonly CheckedRow[], sends: readonly CheckedSend[]): LedgerCheck {
  const accepted = sends.filter((send) => send.status === 'accepted');
  const arrivals = new Map<string, CheckedSend[]>();
  for (const send of accepted) {
    const key = send.metadata ?? '';
    arrivals.set(key, [...(arrivals.get(key) ?? []), send]);
  }
  const byStatus: Record<string, number> = {};
  for (const { status = 'none' } of rows) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const known = new Set(rows.map(({ _id }) => _id));
  const foreign = [...arrivals.keys()].filter((partId) => !known.has(partId));
  return {
    violations: [
      ...rows.flatMap((row) => problemsOf(row, arrivals.get(row._id)?.length ?? 0)),
      ...foreign.map((partId) => `a message arrived that the ledger does not know: ${partId}`),
      ...disorders(rows, arrivals),
    ],
    unknowns: rows
      .filter(({ status }) => status === 'unknown')
      .map(({ _id }) => ({ partId: _id, arrived: arrivals.get(_id)?.length ?? 0 })),
    resent: rows.filter((row) => row.isResentAfterUnknown).length,
    byStatus,
  };
}

function problemsOf(row: CheckedRow, arrived: number): string[] {
  const { _id, isResentAfterUnknown, reason } = row;
  const status: string = row.status ?? 'none';
  const problems: string[] = [];
  if (!SETTLED.has(status)) problems.push(`${_id} has no end: ${status}`);
  if (ARRIVED.has(status) && arrived === 0) problems.push(`${_id} is lost: ${status}, but it never arrived`);
  if (status === 'failed' && arrived > 0) problems.push(`${_id} arrived, but is said to have failed: ${reason ?? ''}`);
  if (arrived > 1 && !isResentAfterUnknown) problems.push(`${_id} arrived ${arrived} times in silence`);
  if (arrived > 2) problems.push(`${_id} arrived ${arrived} times`);
  return problems;
}

/** Conversations whose parts arrived for the first time in another order than they were said. */
function disorders(rows: readonly CheckedRow[], arrivals: ReadonlyMap<string, CheckedSend[]>): string[] {
  const byConversation = new Map<string, CheckedRow[]>();
  for (const row of rows) {
    byConversation.set(row.conversationId, [...(byConversation.get(row.conversationId) ?? []), row]);
  }
  const firstArrival = (row: CheckedRow): number | undefined => arrivals.get(row._id)?.[0]?.at;
  return [...byConversation].flatMap(([conversationId, parts]) => {
    const times = parts.toSorted((one, other) => one.seq - other.seq).flatMap((row) => firstArrival(row) ?? []);
    const isInOrder = times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0));
    return isInOrder ? [] : [`conversation ${conversationId} arrived out of order`];
  });
}
