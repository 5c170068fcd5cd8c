import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const options = {
  coverage: { type: 'boolean', default: false },
  floor: { type: 'string' },
  junit: { type: 'string' },
  watch: { type: 'boolean', default: false },
  fuzz: { type: 'boolean', default: false },
  runs: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
} as const;

/** Runs the tests of scenarios, without any server. */
export const testCommand: Command = {
  name: 'test',
  summary: 'run the *.test.yaml files of scenarios, without a server',
  usage: `attendant test <file|folder> [--coverage] [--floor <percent>] [--junit <file>] [--watch]
       attendant test <file|folder> --fuzz [--runs <count>] [--seed <number>]`,
  help: `Exit code 1 where a test fails, a file cannot be run or coverage is below the floor. The language of tests: docs/scenario-tests.md

  --coverage         tell which blocks and exits no test has taken
  --floor <percent>  fail below this coverage of blocks or of exits
  --junit <file>     write a report for CI
  --watch            run again whenever a scenario or test changes, until Ctrl-C
  --fuzz             random customers, agents and faults instead, against what must hold of every scenario
  --runs, --seed     how many random conversations (500), and which (1): the same seed gives the same ones`,
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
    const request = { given, floor, hasCoverage: values.coverage || floor !== undefined, junit: values.junit };
    if (!values.watch) return testFiles(request, io);
    const { untilInterrupted, watchFiles } = await import('./test/watch-files.ts');
    return watchFiles(given, () => testFiles(request, io), { print: io.print, signal: untilInterrupted() });
  },
};

function toNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= most))
    throw new UsageError(`${option} is a number from 0 to ${most}.`);
  return value;
}
