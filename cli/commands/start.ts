import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { Command } from '../command.ts';

/** Brings up the whole product on this machine. */
export const startCommand: Command = {
  name: 'start',
  summary: 'run everything on this machine, with embedded servers and a Messenger simulator',
  usage: 'attendant start [--port <port>] [--data <folder>] [--no-demo]',
  run: async (args, { env, print, printError }) => {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: { port: { type: 'string' }, data: { type: 'string' }, demo: { type: 'boolean' } },
    });
    if (!hasEmbeddedServers()) {
      printError(
        'This package holds no embedded servers: start the api and the worker (docs/deployment.md), or use a checkout.',
      );
      return 1;
    }
    // Databases, logs and keys of this stack, and of every process that it starts, are its user's alone.
    process.umask(0o077);
    const { start } = await import('../../dev/start.ts');
    const given = {
      ATTENDANT_PORT: values.port,
      ATTENDANT_DATA_DIR: values.data,
      ATTENDANT_DEMO: values.demo === undefined ? undefined : String(Number(values.demo)),
    };
    const overrides = withoutUndefined(given);
    return start({ env: { ...env, ...overrides }, print, printError });
  },
};

/** A checkout has what they are made of, also where it is compiled; the production image has not. */
function hasEmbeddedServers(): boolean {
  return existsSync(fileURLToPath(new URL('../../dev/embedded/mongo', import.meta.url)));
}
