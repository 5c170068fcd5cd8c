import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const options = {
  moment: { type: 'string' },
  test: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Goes through a conversation once more, or makes a scenario test of it. */
export const replayCommand: Command = {
  name: 'replay',
  summary: 'tell moment by moment where a conversation stood, or save it as a test',
  usage: 'attendant replay <conversation id> [--moment <number> | --test] [--json]',
  help: [
    'A moment is one thing that the scenario was told, or a timer that fired. --moment shows one of them with all variables.',
    '--test prints a test file that passes, with what is personal masked: read it before you give it away.',
  ].join('\n'),
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new UsageError('Name one conversation by its id.');
    if (values.test && (values.moment !== undefined || values.json))
      throw new UsageError('A test is a file of its own: --test goes without --moment and --json.');
    const { printReplay, printSavedTest } = await import('./replay/print-replay.ts');
    if (values.test) return printSavedTest(id, io);
    return printReplay({ id, isJson: values.json, moment: readMoment(values.moment) }, io);
  },
};

function readMoment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`"${text}" is not a number of "attendant replay".`);
  return Number(text);
}
