import { parseArgs } from 'node:util';
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
    if (!import.meta.url.endsWith('.ts')) {
      printError(
        'This package holds no embedded servers: start the api and the worker (docs/deployment.md), or use a checkout.',
      );
      return 1;
    }
    const { start } = await import('../../dev/start.ts');
    const given = {
      ATTENDANT_PORT: values.port,
      ATTENDANT_DATA_DIR: values.data,
      ATTENDANT_DEMO: values.demo === undefined ? undefined : String(Number(values.demo)),
    };
    const overrides = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return start({ env: { ...env, ...overrides }, print, printError });
  },
};
