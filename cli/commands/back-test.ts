import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const MOST = 5000;

/** Runs a draft over conversations that there were. */
export const backTestCommand: Command = {
  name: 'back-test',
  summary: 'run a draft over stored conversations and tell what would have been otherwise',
  usage: `attendant back-test <draft> [--from <url>] [--token <token>] [--scenario <name>] [--limit <count>] [--save <folder>] [--json]
       attendant back-test <draft> --input <file|folder> [--scenario <name>] [--json]`,
  help: `Exit code 0 where every conversation would have been the same, 1 where one differs or cannot be told. Nothing is sent
to anybody. It stops where what follows cannot be known: docs/back-tests.md

  --from <url>       a running Attendant; default: the one of this machine
  --token <token>    of its admin; better in ATTENDANT_ADMIN_TOKEN, where other users cannot see it
  --scenario <name>  conversations of this scenario; default: of the draft's own name
  --limit <count>    the newest so many ended ones (200; at most ${MOST})
  --save <folder>    keep conversations and their versions as files, for --input
  --input <place>    conversations and versions that were saved; no server is needed
  --json             { draft, summary, conversations: [{ id, verdict, differences, stop }] } for machines`,
  run: async (args, io) => {
    const options = {
      from: { type: 'string' },
      token: { type: 'string' },
      scenario: { type: 'string' },
      limit: { type: 'string', default: '200' },
      save: { type: 'string' },
      input: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [draft, ...more] = positionals;
    if (draft === undefined || more.length > 0) throw new UsageError('Name one draft.');
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
      throw new UsageError(`--limit is a whole number from 1 to ${MOST}.`);
    if (values.input !== undefined && (values.from !== undefined || values.save !== undefined))
      throw new UsageError('--input reads files, --from and --save a running Attendant: choose one.');
    const { runBackTest } = await import('./back-test/run-back-test.ts');
    const { from, token, scenario, save, input, json: isJson } = values;
    return runBackTest({ draft, from, token, scenario, limit, save, input, isJson }, io);
  },
};
