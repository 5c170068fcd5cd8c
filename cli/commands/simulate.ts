import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import type { SimulateIo } from './simulate/chat-with-page.ts';

/** Chats as a customer: with a Page of the running stack, or with a scenario that is still a file. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'chat as a customer, with a Page of the running stack or with a scenario file',
  usage: `attendant simulate [--page <id>] [--customer <name>]
       attendant simulate --scenario <file> [--settings <test file>] [--step]`,
  help: `With --scenario a draft is played here, without any server: you are the customer and the agents, and time is yours.
Lines are what the customer says; lines that begin with / do something else: /help lists them. Input may be piped.

  --scenario <file>  the scenario to play
  --settings <file>  agents, variables, answers … as in this test file; default: the one beside the scenario
  --step             one message at a time: an empty line goes on`,
  run: (args, io) => simulate(args, { ...io, input: process.stdin }),
};

/** Runs the command on any input. Gives the exit code. */
export async function simulate(args: string[], io: SimulateIo): Promise<number> {
  const options = {
    page: { type: 'string' },
    customer: { type: 'string', default: 'Ada Byron' },
    scenario: { type: 'string' },
    settings: { type: 'string' },
    step: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.customer.trim() === '') throw new UsageError('A customer has a name.');
  if (values.scenario === undefined) {
    if (values.settings !== undefined || values.step) throw new UsageError('--settings and --step go with --scenario.');
    return (await import('./simulate/chat-with-page.ts')).chatWithPage({ ...values, page: values.page }, io);
  }
  if (values.page !== undefined)
    throw new UsageError('--page is of the running stack, --scenario is a file: name one.');
  const { playFile } = await import('./simulate/play-file.ts');
  return playFile({ scenario: values.scenario, settings: values.settings, isStepping: values.step }, io);
}
