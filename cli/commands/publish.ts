import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Puts a scenario file in force on the running Attendant. */
export const publishCommand: Command = {
  name: 'publish',
  summary: 'put a scenario in force for new conversations',
  usage:
    'attendant publish <file> [--canary <1-99> [--minimum <n>] [--guard <name>=<points>|off ...]] [--note <text>] [--author <name>] [--expect <version>|none] [--dry-run] [--json]',
  run: async (args, io) => {
    const options = {
      note: { type: 'string' },
      author: { type: 'string' },
      expect: { type: 'string' },
      canary: { type: 'string' },
      minimum: { type: 'string' },
      guard: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one scenario file.');
    const { publishFile } = await import('./publish/publish-file.ts');
    const { readGuardrails, readPercent } = await import('./publish/read-canary.ts');
    const { note, author, expect, json: isJson, 'dry-run': isDryRun } = values;
    const guardrails = readGuardrails({ minimum: values.minimum, guard: values.guard });
    if (guardrails && values.canary === undefined) throw new UsageError('--guard and --minimum go with --canary.');
    const canary =
      values.canary === undefined
        ? undefined
        : { percent: readPercent(values.canary), ...(guardrails && { guardrails }) };
    return publishFile({ file, note, author, expect, canary, isDryRun, isJson }, io);
  },
};
