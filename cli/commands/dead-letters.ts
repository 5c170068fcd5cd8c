import { parseArgs } from 'node:util';
import type { HttpClient, RouteBody } from '../../contracts/http-client.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';
import { withApi } from '../with-api.ts';

type DeadLetter = RouteBody<'GET /api/v1/dead-letters'>['items'][number];

/** Lists webhook bodies that could not be handled, and has them handled again after a fix. */
export const deadLettersCommand: Command = {
  name: 'dead-letters',
  summary: 'list webhook bodies that could not be handled; replay them after a fix',
  usage: 'attendant dead-letters [show <id> | replay <id>... | replay --all]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      options: { all: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [action = 'list', ...ids] = positionals;
    return withApi(io, async (call) => {
      if (action === 'list' && ids.length === 0) return await list(call, io);
      const [id] = ids;
      if (action === 'show' && id !== undefined && ids.length === 1) return await show(call, io, id);
      if (action === 'replay' && ids.length > 0 !== values.all) return await replay(call, io, ids);
      throw new UsageError('Say what to do with which body.');
    });
  },
};

async function* allDeadLetters(call: HttpClient): AsyncGenerator<DeadLetter> {
  const { listAll } = await import('../list-all.ts');
  yield* listAll((page) => call('GET /api/v1/dead-letters', { query: { state: 'kept', ...page } }));
}

async function list(call: HttpClient, { print }: CommandIo): Promise<number> {
  let count = 0;
  for await (const { id, failedAt, cause, events, reason, lastFailure } of allDeadLetters(call)) {
    count += 1;
    print(`${id}  ${failedAt}  ${cause}  ${events} unhandled  ${reason}`);
    if (lastFailure !== undefined) print(`  replayed, but: ${lastFailure}`);
  }
  print(count === 0 ? 'Nothing is kept: every body was handled.' : `${count} kept`);
  return 0;
}

async function show(call: HttpClient, { print, printError }: CommandIo, id: string): Promise<number> {
  const response = await call('GET /api/v1/dead-letters/:id', { params: { id } });
  if (response.ok) print(JSON.stringify(response.body, null, 2));
  else printError(response.error.message);
  return response.ok ? 0 : 1;
}

async function listIds(call: HttpClient): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of allDeadLetters(call)) ids.push(id);
  return ids;
}

async function replay(call: HttpClient, { print, printError }: CommandIo, given: string[]): Promise<number> {
  const ids = given.length > 0 ? given : await listIds(call);
  let failures = 0;
  for (const id of ids) {
    const response = await call('POST /api/v1/dead-letters/:id/replay', { params: { id } });
    const problem = response.ok ? response.body.lastFailure : response.error.message;
    if (problem === undefined) print(`handled    ${id}`);
    else printError(`not handled  ${id}: ${problem}`);
    if (problem !== undefined) failures += 1;
  }
  print(`${ids.length - failures} handled, ${failures} not`);
  return failures > 0 ? 1 : 0;
}
