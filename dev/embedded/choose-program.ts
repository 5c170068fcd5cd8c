import { NoServerError } from './embedded-options.ts';

/** One way to get a program: gives it, or undefined where this way does not exist here. */
export interface ProgramChoice<Program> {
  title: string;
  find: () => Promise<Program | undefined>;
}

/**
 * Takes the first choice that gives a program and says on screen which one it was.
 * A choice that fails is remembered for the error text and the next one is tried.
 * @throws NoServerError when no choice gives one
 */
export async function chooseProgram<Program>(
  server: string,
  choices: readonly ProgramChoice<Program>[],
  log: (line: string) => void,
): Promise<Program> {
  const tried: string[] = [];
  for (const { title, find } of choices) {
    try {
      const program = await find();
      if (program !== undefined) {
        log(`${server}: ${title}`);
        return program;
      }
      tried.push(`${title}: not there`);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      tried.push(`${title}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new NoServerError(server, tried);
}
