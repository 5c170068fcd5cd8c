import { randomUUID } from 'node:crypto';
import type { BulkSurgery } from '../../../contracts/bulk-surgery.ts';
import type { BulkPreview, BulkPreviewRequest, BulkSurgeryView } from '../../../contracts/bulk-surgery-schema.ts';
import type { HttpClient, HttpResponse } from '../../../contracts/http-client.ts';
import { ApiRefusedError } from '../../api-client.ts';
import { UsageError, type CommandIo } from '../../command.ts';
import { listAll } from '../../list-all.ts';
import { withApi } from '../../with-api.ts';
import type { SurgeryTarget } from '../surgery.ts';

const LOOK_MS = 500;

/** Prints what running conversations wait for, the soonest first. */
export function listTimers({ block, ...query }: SurgeryTarget['filter'], io: CommandIo): Promise<number> {
  if (block !== undefined) throw new UsageError('Timers are not listed by block.');
  return withApi(io, async (call) => {
    let count = 0;
    for await (const timer of listAll((page) => call('GET /api/v1/timers', { query: { ...query, ...page } }))) {
      const { at, kind, conversationId, customer, scenario, block: of, account } = timer;
      const where = [scenario, of, account].filter((each) => each !== null).join(' / ');
      io.print(`${at}  ${kind.padEnd(21)}  conversation ${conversationId}  ${customer.name}  ${where}`);
      count += 1;
    }
    io.print(`${count} timers`);
    return 0;
  });
}

interface Wanted {
  surgery: BulkSurgery;
  target: SurgeryTarget;
  /** Else it is only previewed. */
  isMeant: boolean;
}

/** Tells what would come of it; where it is meant carries it out, and tells what has. 1 where something was refused. */
export function carryOut({ surgery, target, isMeant }: Wanted, io: CommandIo): Promise<number> {
  return withApi(io, async (call) => {
    const body = await toRequest(call, surgery, target);
    const preview = unwrap(await call('POST /api/v1/surgeries/preview', { body }));
    printPreview(preview, io);
    if (!isMeant || preview.items.length === 0) {
      if (preview.items.length > 0) io.print('Nothing is done yet: repeat it with --yes.');
      return 0;
    }
    const order = { clientId: randomUUID(), surgery, items: preview.items };
    const begun = unwrap(await call('POST /api/v1/surgeries', { body: order }));
    io.print(`operation ${begun.id}`);
    return follow(call, begun, io);
  });
}

/** Of conversations by their ids: each timer of the kind that one of them has. */
async function toRequest(
  call: HttpClient,
  surgery: BulkSurgery,
  { filter, conversations }: SurgeryTarget,
): Promise<BulkPreviewRequest> {
  if (conversations.length === 0) return { surgery, filter };
  if (surgery.kind !== 'fire-timer' && surgery.kind !== 'put-off-timer')
    return { surgery, items: conversations.map((conversationId) => ({ conversationId })) };
  const { block: _block, ...query } = filter;
  const wanted = new Set(conversations);
  const items: NonNullable<BulkPreviewRequest['items']> = [];
  for await (const { conversationId, timer, at } of listAll((page) =>
    call('GET /api/v1/timers', { query: { ...query, ...page } }),
  ))
    if (wanted.has(conversationId)) items.push({ conversationId, timer, at });
  if (items.length === 0) throw new UsageError('None of these conversations waits for such a timer.');
  return { surgery, items };
}

function printPreview({ found, looked, groups }: BulkPreview, { print }: CommandIo): void {
  if (found > looked) print(`${found} are meant; the first ${looked} are taken. Narrow the filter for the others.`);
  for (const { count, scenario, block, outcome, to, isOver } of groups) {
    const what = outcome === 'done' ? `would go to ${to ?? ''}${isOver ? ', which is the end' : ''}` : outcome;
    print(`${String(count).padStart(6)}  ${scenario ?? ''} / ${block ?? ''}: ${what}`);
  }
  if (groups.length === 0) print('No conversation is meant.');
}

async function follow(call: HttpClient, { id }: BulkSurgeryView, io: CommandIo): Promise<number> {
  for (;;) {
    const now = unwrap(await call('GET /api/v1/surgeries/:id', { params: { id } }));
    if (now.state !== 'running') return printEnd(now, io);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function printEnd({ state, counts, total }: BulkSurgeryView, { print }: CommandIo): number {
  const parts = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
  print(`${state}: ${[...parts, `of ${total}`].join(', ')}`);
  return (counts.done ?? 0) === total ? 0 : 1;
}

/** What each conversation of an operation came to. */
export function show(id: string, io: CommandIo): Promise<number> {
  return withApi(io, async (call) => {
    const operation = unwrap(await call('GET /api/v1/surgeries/:id', { params: { id } }));
    const rows = listAll((query) => call('GET /api/v1/surgeries/:id/conversations', { params: { id }, query }));
    for await (const { conversationId, at, outcome, block, to } of rows)
      io.print(`${conversationId}  ${at}  ${outcome}  ${block ?? ''} ${to === null ? '' : `→ ${to}`}`);
    printEnd(operation, io);
    return 0;
  });
}

/** Nobody more is asked. */
export function stop(id: string, io: CommandIo): Promise<number> {
  return withApi(io, async (call) => {
    printEnd(unwrap(await call('POST /api/v1/surgeries/:id/stop', { params: { id } })), io);
    return 0;
  });
}

function unwrap<Body>(response: HttpResponse<Body>): Body {
  if (!response.ok) throw new ApiRefusedError(response.error);
  return response.body;
}
