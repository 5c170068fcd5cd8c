import { parseArgs } from 'node:util';
import type { HttpClient } from '../../contracts/http-client.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';
import { withApi } from '../with-api.ts';

const KINDS = ['parked', 'unknown', 'failed'] as const;
type Kind = (typeof KINDS)[number];
const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

/** Lists parts that a machine does not decide about, sends them again or gives them up. */
export const partsCommand: Command = {
  name: 'parts',
  summary: 'list messages that wait, failed or are of unknown delivery status; retry or discard them',
  usage: 'attendant parts [list parked|unknown|failed | retry <id>... | discard <id>...]',
  run: async (args, io) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [action = 'list', ...rest] = positionals;
    return withApi(io, async (call) => {
      const [kind = 'parked', ...more] = rest;
      if (action === 'list' && isKind(kind) && more.length === 0) return await list(call, io, kind);
      if ((action === 'retry' || action === 'discard') && rest.length > 0) {
        return await act(call, io, { action, ids: rest });
      }
      throw new UsageError('Say what to do with which parts.');
    });
  },
};

async function list(call: HttpClient, { print }: CommandIo, kind: Kind): Promise<number> {
  const { listAll } = await import('../list-all.ts');
  let count = 0;
  const parts = listAll((page) => call('GET /api/v1/ledger/parts', { query: { status: kind, ...page } }));
  for await (const { id, at, author, conversationId, parked, reason } of parts) {
    const why = parked ? `${parked.by}: ${parked.reason}` : (reason ?? '');
    print(`${id}  ${at}  ${author}  conversation ${conversationId}  ${why}`);
    count += 1;
  }
  print(`${count} ${kind}`);
  return 0;
}

async function act(
  call: HttpClient,
  { print, printError }: CommandIo,
  { action, ids }: { action: 'retry' | 'discard'; ids: readonly string[] },
): Promise<number> {
  let failures = 0;
  for (const id of ids) {
    const response = await call(`POST /api/v1/ledger/parts/:id/${action}`, { params: { id } });
    if (response.ok) print(`${action === 'retry' ? 'sent again' : 'given up'}  ${id}`);
    else printError(`${id}: ${response.error.message}`);
    if (!response.ok) failures += 1;
  }
  return failures > 0 ? 1 : 0;
}
