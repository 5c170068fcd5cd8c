/** Where a command reads and writes; tests give their own. */
export interface CommandIo {
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  printError: (line: string) => void;
}

/**
 * One subcommand of `attendant`, one file in `cli/commands/`. `run` gives the exit code: 0 done, 1 failed, 2 wrong use
 * (thrown as UsageError). Heavy modules are imported inside `run`, so that other commands do not wait for them.
 */
export interface Command {
  name: string;
  /** One line for `attendant help`. */
  summary: string;
  /** Shown after a wrong use, for example `attendant check <file>`. */
  usage: string;
  /** What `--help` shows beside it: options, exit codes, where to read on. */
  help?: string;
  run: (args: string[], io: CommandIo) => Promise<number>;
}

/** Thrown by a command for arguments it cannot take; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
