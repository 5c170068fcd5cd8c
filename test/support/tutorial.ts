/** A line of a shell, and how it ends: `# exit code 1` behind it says so where that is not 0. */
interface TutorialCommand {
  command: string;
  exitCode: number;
}

/** What a reader of a tutorial does, in order. */
export type TutorialStep =
  | { kind: 'file'; name: string; text: string }
  /** `transcript`: what must be seen, in order; lines that begin with `> ` are typed when all before them was seen. */
  | { kind: 'commands'; commands: TutorialCommand[]; transcript: string[] };

const FENCED = /^```(\w+)\n([\s\S]*?)^```$/gm;

/**
 * Reads the fenced blocks of a page: `yaml` with `# name` as its first line is a file, `sh` is commands, `text` behind them
 * is their transcript.
 * @throws where a block is none of these: it would go untested
 */
export function readTutorial(markdown: string): TutorialStep[] {
  const steps: TutorialStep[] = [];
  for (const [, language, text = ''] of markdown.matchAll(FENCED)) {
    const last = steps.at(-1);
    if (language === 'yaml') steps.push(readFileStep(text));
    else if (language === 'sh')
      steps.push({ kind: 'commands', commands: linesOf(text).map(readCommand), transcript: [] });
    else if (language === 'text' && last?.kind === 'commands') last.transcript.push(...linesOf(text));
    else throw new Error(`A block of the tutorial that nobody runs: ${language}\n${text}`);
  }
  return steps;
}

function readFileStep(text: string): TutorialStep {
  const name = /^# (\S+)\n/.exec(text)?.[1];
  if (name === undefined) throw new Error(`A file of the tutorial without a name in its first line:\n${text}`);
  return { kind: 'file', name, text };
}

function readCommand(line: string): TutorialCommand {
  const [command = '', exitCode = '0'] = line.split(' # exit code ');
  return { command, exitCode: Number(exitCode) };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
