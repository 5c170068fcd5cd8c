import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const options = {
  coverage: { type: 'boolean', default: false },
  floor: { type: 'string' },
  junit: { type: 'string' },
  fuzz: { type: 'boolean', default: false },
  runs: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
} as const;

/** Runs the tests of scenarios, without any server. */
export const testCommand: Command = {
  name: 'test',
  summary: 'run the *.test.yaml files of scenarios, without a server',
  usage: `attendant test <file|folder> [--coverage] [--floor <percent>] [--junit <file>]
       attendant test <file|folder> --fuzz [--runs <count>] [--seed <number>]`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Name one file or one folder.');
    const floor = values.floor === undefined ? undefined : toNumber('--floor', values.floor, 100);
    const fuzz = {
      runs: toNumber('--runs', values.runs, 1_000_000),
      seed: toNumber('--seed', values.seed, 2 ** 32 - 1),
    };
    if (values.fuzz) return (await import('./test/fuzz-files.ts')).fuzzFiles(given, fuzz, io);
    const { testFiles } = await import('./test/test-files.ts');
    return testFiles({ given, floor, hasCoverage: values.coverage || floor !== undefined, junit: values.junit }, io);
  },
};

function toNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= most))
    throw new UsageError(`${option} is a number from 0 to ${most}.`);
  return value;
}
