import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const options = {
  coverage: { type: 'boolean', default: false },
  floor: { type: 'string' },
  junit: { type: 'string' },
} as const;

/** Runs the tests of scenarios, without any server. */
export const testCommand: Command = {
  name: 'test',
  summary: 'run the *.test.yaml files of scenarios, without a server',
  usage: 'attendant test <file|folder> [--coverage] [--floor <percent>] [--junit <file>]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Name one file or one folder.');
    const floor = values.floor === undefined ? undefined : Number(values.floor);
    if (floor !== undefined && !(floor >= 0 && floor <= 100))
      throw new UsageError('--floor is a number from 0 to 100.');
    const { testFiles } = await import('./test/test-files.ts');
    return testFiles({ given, floor, hasCoverage: values.coverage || floor !== undefined, junit: values.junit }, io);
  },
};
