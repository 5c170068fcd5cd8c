import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const options = {
  xstate: { type: 'boolean', default: false },
  mermaid: { type: 'boolean', default: false },
  failures: { type: 'boolean', default: false },
} as const;

/** Prints a scenario in a form that other tools draw. */
export const diagramCommand: Command = {
  name: 'diagram',
  summary: 'print a scenario as an XState machine or a Mermaid diagram',
  usage: 'attendant diagram <file> --xstate | --mermaid [--failures]',
  help: '--failures  draw also the ways of messages that cannot be sent; every message has one',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one file.');
    if (values.xstate === values.mermaid) throw new UsageError('Choose --xstate or --mermaid.');
    const { drawFile } = await import('./diagram/draw-file.ts');
    return drawFile(file, { form: values.xstate ? 'xstate' : 'mermaid', hasFailures: values.failures }, io);
  },
};
