import { findNearestName } from '../contracts/nearest-name.ts';
import { type Command, type CommandIo, UsageError } from './command.ts';
import { canaryCommand } from './commands/canary.ts';
import { applyCommand } from './commands/apply.ts';
import { exportCommand } from './commands/export.ts';
import { filesCommand } from './commands/files.ts';
import { doctorCommand } from './commands/doctor.ts';
import { publishCommand } from './commands/publish.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { versionsCommand } from './commands/versions.ts';
import { sendLanesCommand } from './commands/send-lanes.ts';
import { partsCommand } from './commands/parts.ts';
import { customerCommand } from './commands/customer.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { surgeryCommand } from './commands/surgery.ts';
import { rotateKeyCommand } from './commands/rotate-key.ts';
import { replayCommand } from './commands/replay.ts';
import { simulateCommand } from './commands/simulate.ts';
import { backTestCommand } from './commands/back-test.ts';
import { checkCommand } from './commands/check.ts';
import { diagramCommand } from './commands/diagram.ts';
import { schemaCommand } from './commands/schema.ts';
import { testCommand } from './commands/test.ts';
import { whatIfCommand } from './commands/what-if.ts';
import { reportCommand } from './commands/report.ts';
import { startCommand } from './commands/start.ts';
import { printable } from './printable.ts';

/** Every subcommand; a new one is a file in `commands/` and a line here. */
const commands: readonly Command[] = [
  startCommand,
  checkCommand,
  testCommand,
  backTestCommand,
  diagramCommand,
  schemaCommand,
  applyCommand,
  exportCommand,
  publishCommand,
  versionsCommand,
  canaryCommand,
  rollbackCommand,
  doctorCommand,
  filesCommand,
  sendLanesCommand,
  partsCommand,
  deadLettersCommand,
  surgeryCommand,
  customerCommand,
  rotateKeyCommand,
  simulateCommand,
  replayCommand,
  whatIfCommand,
  reportCommand,
];

const WRONG_USE = 2;

/** Runs `attendant <command> ...` and gives the exit code: 0 done, 1 failed, 2 wrong use. */
export async function runCli(args: readonly string[], given: CommandIo): Promise<number> {
  const io = {
    ...given,
    print: (line: string): void => given.print(printable(line)),
    printError: (line: string): void => given.printError(printable(line)),
  };
  const [name = 'help', ...rest] = args;
  if (['help', '--help', '-h'].includes(name)) {
    printHelp(io.print);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return refuseUnknown(name, io.printError);
  return runCommand(command, rest, io);
}

async function runCommand(command: Command, args: string[], io: CommandIo): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    io.print(`attendant ${command.name}: ${command.summary}\n\nUsage: ${command.usage}`);
    if (command.help !== undefined) io.print(`\n${command.help}`);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!isWrongUse(error)) throw error;
    io.printError(`${error.message}\nUsage: ${command.usage}`);
    return WRONG_USE;
  }
}

/** `parseArgs` throws TypeErrors with these codes for options it does not know. */
function isWrongUse(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function refuseUnknown(name: string, printError: (line: string) => void): number {
  const names = commands.map((command) => command.name);
  const nearest = findNearestName(name, names);
  const hint = nearest === undefined ? `Commands: ${names.join(', ')}, help.` : `Did you mean "${nearest}"?`;
  printError(`"${name}" is not a command of attendant. ${hint}`);
  return WRONG_USE;
}

function printHelp(print: (line: string) => void): void {
  const width = Math.max(...commands.map((command) => command.name.length));
  print('attendant <command> [options]\n');
  for (const { name, summary } of commands) print(`  ${name.padEnd(width)}  ${summary}`);
  print('\nattendant <command> --help says more. Exit codes: 0 done, 1 something is wrong, 2 wrong use.');
}
