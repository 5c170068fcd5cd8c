import { parseArgs } from 'node:util';
import type { ApiAddress } from '../api-client.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';

interface DeadLetter {
  id: string;
  reason: string;
  cause: string;
  events: number;
  state: string;
  failedAt: string;
  lastFailure?: string;
}

/** Lists webhook bodies that could not be handled, and has them handled again after a fix. */
export const deadLettersCommand: Command = {
  name: 'kept',
  summary: 'list webhook bodies that could not be handled; replay them after a fix',
  usage: 'attendant dead-letters [show <id> | replay <id>... | replay --all]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      options: { all: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [action = 'list', ...ids] = positionals;
    const { ApiUnreachableError, findApi } = await import('../api-client.ts');
    try {
      const api = await findApi(io.env);
      if (action === 'list' && ids.length === 0) return await list(api, io);
      const [id] = ids;
      if (action === 'show' && id !== undefined && ids.length === 1) return await show(api, io, id);
      if (action === 'replay' && ids.length > 0 !== values.all) return await replay(api, io, ids);
    } catch (error) {
      if (!(error instanceof ApiUnreachableError)) throw error;
      io.printError(error.message);
      return 1;
    }
    throw new UsageError('Say what to do with which body.');
  },
};

async function* allDeadLetters(api: ApiAddress): AsyncGenerator<DeadLetter> {
  const { getFromApi } = await import('../api-client.ts');
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await getFromApi<{ items: DeadLetter[]; next: string | null }>(
      api,
      `/api/v1/dead-letters?state=kept&limit=200${query}`,
    );
    if (!response.ok) throw new UsageError(response.error.message);
    yield* response.body.items;
    cursor = response.body.next;
  }
}

async function list(api: ApiAddress, { print }: CommandIo): Promise<number> {
  let count = 0;
  for await (const { id, failedAt, cause, events, reason, lastFailure } of allDeadLetters(api)) {
    count += 1;
    print(`${id}  ${failedAt}  ${cause}  ${events} unhandled  ${reason}`);
    if (lastFailure !== undefined) print(`  replayed, but: ${lastFailure}`);
  }
  print(count === 0 ? 'Nothing is kept: every body was handled.' : `${count} kept`);
  return 0;
}

async function show(api: ApiAddress, { print, printError }: CommandIo, id: string): Promise<number> {
  const { getFromApi } = await import('../api-client.ts');
  const response = await getFromApi<unknown>(api, `/api/v1/dead-letters/${encodeURIComponent(id)}`);
  if (response.ok) print(JSON.stringify(response.body, null, 2));
  else printError(response.error.message);
  return response.ok ? 0 : 1;
}

async function listIds(api: ApiAddress): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of allDeadLetters(api)) ids.push(id);
  return ids;
}

async function replay(api: ApiAddress, { print, printError }: CommandIo, given: string[]): Promise<number> {
  const { postToApi } = await import('../api-client.ts');
  const ids = given.length > 0 ? given : await listIds(api);
  let failures = 0;
  for (const id of ids) {
    const response = await postToApi<DeadLetter>(api, `/api/v1/dead-letters/${encodeURIComponent(id)}/replay`, {});
    const problem = response.ok ? response.body.lastFailure : response.error.message;
    if (problem === undefined) print(`handled    ${id}`);
    else printError(`not handled  ${id}: ${problem}`);
    if (problem !== undefined) failures += 1;
  }
  print(`${ids.length - failures} handled, ${failures} not`);
  return failures > 0 ? 1 : 0;
}
