import { parseArgs } from 'node:util';
import type { SendLaneView } from '../../contracts/send-lane-schema.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';
import { withApi } from '../with-api.ts';

/** Shows how the Pages stand with Meta, and says that one is repaired. */
export const sendLanesCommand: Command = {
  name: 'send-lanes',
  summary: 'show how each Page stands with Meta and what waits; resume one that was repaired',
  usage: 'attendant send-lanes [resume <page id>]',
  run: async (args, io) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [action = 'list', pageId, ...more] = positionals;
    return withApi(io, async (call) => {
      if (action === 'list' && pageId === undefined) {
        const response = await call('GET /api/v1/send-lanes');
        return response.ok ? print(response.body.items, io) : refuse(response.error.message, io);
      }
      if (action === 'resume' && pageId !== undefined && more.length === 0) {
        const response = await call('POST /api/v1/send-lanes/:pageId/resume', { params: { pageId } });
        if (!response.ok) return refuse(response.error.message, io);
        io.print(`resumed    ${response.body.account}: what waits leaves now (${response.body.parkedParts} waited)`);
        return 0;
      }
      throw new UsageError('Say which Page is to be resumed, or nothing for the list.');
    });
  },
};

function print(sendLanes: readonly SendLaneView[], io: CommandIo): number {
  for (const { account, pageId, state, reason, heldUntil, closedSince, parkedParts } of sendLanes) {
    const since = closedSince === undefined ? '' : ` since ${closedSince}`;
    const until = heldUntil === undefined ? '' : ` until ${heldUntil}`;
    io.print(`${state.padEnd(6)}  ${account} (${pageId})${since}${until}, ${parkedParts} waiting`);
    if (reason !== undefined) io.print(`        ${reason}`);
  }
  return sendLanes.some(({ state }) => state === 'closed') ? 1 : 0;
}

function refuse(message: string, { printError }: CommandIo): number {
  printError(message);
  return 1;
}
