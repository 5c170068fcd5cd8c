import { formatDuration } from '../../contracts/duration.ts';

/** One line of what happened in a test; `at`: milliseconds since its beginning. */
export interface TranscriptLine {
  at: number;
  who: string;
  text: string;
}

/** A step that did not go as the test says: what was expected and what was there, a line each. */
export interface Mismatch {
  message: string;
  expected: string[];
  actual: string[];
}

/** The chat so far, and then the difference: `-` what the test says, `+` what happened. */
export function formatFailure(lines: readonly TranscriptLine[], { message, expected, actual }: Mismatch): string[] {
  return [
    ...collapseRounds(lines),
    ...expected.map((line) => `- ${line}`),
    ...actual.map((line) => `+ ${line}`),
    message,
  ];
}

const LONGEST_ROUND = 10;
const FEWEST_ROUNDS = 4;

/** A loop tells the same lines over and over: the first round is shown, and how often it comes. */
export function collapseRounds(lines: readonly TranscriptLine[]): string[] {
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    const round = findRound(lines, at);
    const length = round?.length ?? 1;
    shown.push(...lines.slice(at, at + length).map(formatLine));
    if (round)
      shown.push(
        `              (${length === 1 ? 'this line' : `these ${length} lines`} ${round.times - 1} times more)`,
      );
    at += length * (round?.times ?? 1);
  }
  return shown;
}

/** The shortest stretch from here on that comes at least so often. */
function findRound(lines: readonly TranscriptLine[], at: number): { length: number; times: number } | undefined {
  for (let length = 1; length <= LONGEST_ROUND; length += 1) {
    let times = 1;
    while (isSameStretch(lines, { at, other: at + times * length, length })) times += 1;
    if (times >= FEWEST_ROUNDS) return { length, times };
  }
  return undefined;
}

function isSameStretch(
  lines: readonly TranscriptLine[],
  { at, other, length }: { at: number; other: number; length: number },
): boolean {
  if (other + length > lines.length) return false;
  return lines.slice(at, at + length).every(({ who, text }, index) => {
    const line = lines[other + index];
    return line?.who === who && line.text === text;
  });
}

/** A line with its time; what nobody says stands in parentheses. */
export function formatLine({ at, who, text }: TranscriptLine): string {
  const time = formatDuration(at).replaceAll(' ', '').padStart(10);
  return who === '' ? `  ${time}  (${text})` : `  ${time}  ${who}: ${text}`;
}
