import { parseArgs } from 'node:util';
import type { ApiAddress } from '../api-client.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';

interface ListedPart {
  id: string;
  at: string;
  status: string;
  author: string;
  conversationId: string;
  reason?: string;
  parked?: { by: string; reason: string };
}

const KINDS = ['parked', 'unknown', 'failed'];

/** Lists parts that a machine does not decide about, sends them again or gives them up. */
export const partsCommand: Command = {
  name: 'parts',
  summary: 'list messages that wait, failed or are of unknown delivery status; retry or discard them',
  usage: 'attendant parts [list parked|unknown|failed | retry <id>... | discard <id>...]',
  run: async (args, io) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [action = 'list', ...rest] = positionals;
    const { ApiUnreachableError, findApi } = await import('../api-client.ts');
    try {
      const api = await findApi(io.env);
      const [kind = 'parked', ...more] = rest;
      if (action === 'list' && KINDS.includes(kind) && more.length === 0) return await list(api, io, kind);
      if ((action === 'retry' || action === 'discard') && rest.length > 0) {
        return await act(api, io, { action, ids: rest });
      }
    } catch (error) {
      if (!(error instanceof ApiUnreachableError)) throw error;
      io.printError(error.message);
      return 1;
    }
    throw new UsageError('Say what to do with which parts.');
  },
};

async function list(api: ApiAddress, { print, printError }: CommandIo, kind: string): Promise<number> {
  const { getFromApi } = await import('../api-client.ts');
  let cursor: string | null = '';
  let count = 0;
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/api/v1/ledger/parts?status=${kind}&limit=200${after}`;
    const response = await getFromApi<{ items: ListedPart[]; next: string | null }>(api, path);
    if (!response.ok) {
      printError(response.error.message);
      return 1;
    }
    for (const { id, at, author, conversationId, parked, reason } of response.body.items) {
      print(
        `${id}  ${at}  ${author}  conversation ${conversationId}  ${parked ? `${parked.by}: ${parked.reason}` : (reason ?? '')}`,
      );
    }
    count += response.body.items.length;
    cursor = response.body.next;
  }
  print(`${count} ${kind}`);
  return 0;
}

async function act(
  api: ApiAddress,
  { print, printError }: CommandIo,
  { action, ids }: { action: 'retry' | 'discard'; ids: readonly string[] },
): Promise<number> {
  const { postToApi } = await import('../api-client.ts');
  let failures = 0;
  for (const id of ids) {
    const response = await postToApi<unknown>(api, `/api/v1/ledger/parts/${encodeURIComponent(id)}/${action}`, {});
    if (response.ok) print(`${action === 'retry' ? 'sent again' : 'given up'}  ${id}`);
    else printError(`${id}: ${response.error.message}`);
    if (!response.ok) failures += 1;
  }
  return failures > 0 ? 1 : 0;
}
