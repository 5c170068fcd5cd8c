import { parseArgs } from 'node:util';
import type { ApiAddress } from '../api-client.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';

interface KeptBody {
  id: string;
  reason: string;
  cause: string;
  events: number;
  state: string;
  keptAt: string;
  lastFailure?: string;
}

/** Lists webhook bodies that could not be handled, and has them handled again after a fix. */
export const keptCommand: Command = {
  name: 'kept',
  summary: 'list webhook bodies that could not be handled; replay them after a fix',
  usage: 'attendant kept [show <id> | replay <id>... | replay --all]',
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

async function* allKept(api: ApiAddress): AsyncGenerator<KeptBody> {
  const { getFromApi } = await import('../api-client.ts');
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await getFromApi<{ items: KeptBody[]; next: string | null }>(
      api,
      `/api/v1/kept-bodies?state=kept&limit=200${query}`,
    );
    if (!answer.ok) throw new UsageError(answer.error.message);
    yield* answer.body.items;
    cursor = answer.body.next;
  }
}

async function list(api: ApiAddress, { print }: CommandIo): Promise<number> {
  let count = 0;
  for await (const { id, keptAt, cause, events, reason, lastFailure } of allKept(api)) {
    count += 1;
    print(`${id}  ${keptAt}  ${cause}  ${events} unhandled  ${reason}`);
    if (lastFailure !== undefined) print(`  replayed, but: ${lastFailure}`);
  }
  print(count === 0 ? 'Nothing is kept: every body was handled.' : `${count} kept`);
  return 0;
}

async function show(api: ApiAddress, { print, printError }: CommandIo, id: string): Promise<number> {
  const { getFromApi } = await import('../api-client.ts');
  const answer = await getFromApi<unknown>(api, `/api/v1/kept-bodies/${encodeURIComponent(id)}`);
  if (answer.ok) print(JSON.stringify(answer.body, null, 2));
  else printError(answer.error.message);
  return answer.ok ? 0 : 1;
}

async function listIds(api: ApiAddress): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of allKept(api)) ids.push(id);
  return ids;
}

async function replay(api: ApiAddress, { print, printError }: CommandIo, given: string[]): Promise<number> {
  const { postToApi } = await import('../api-client.ts');
  const ids = given.length > 0 ? given : await listIds(api);
  let failures = 0;
  for (const id of ids) {
    const answer = await postToApi<KeptBody>(api, `/api/v1/kept-bodies/${encodeURIComponent(id)}/replay`, {});
    const problem = answer.ok ? answer.body.lastFailure : answer.error.message;
    if (problem === undefined) print(`handled    ${id}`);
    else printError(`not handled  ${id}: ${problem}`);
    if (problem !== undefined) failures += 1;
  }
  print(`${ids.length - failures} handled, ${failures} not`);
  return failures > 0 ? 1 : 0;
}
