import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Checks a running Attendant and its accounts at Meta. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check Attendant and the connection of each account to Meta, with a remedy for what is wrong',
  usage: 'attendant doctor [account] [--subscribe] [--json]',
  run: async (args, io) => {
    const options = {
      subscribe: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [account, ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one account, or none for all.');
    const { examine } = await import('./doctor/examine.ts');
    return examine({ account, subscribe: values.subscribe, isJson: values.json }, io);
  },
};
