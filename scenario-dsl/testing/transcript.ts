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
    ...lines.map(formatLine),
    ...expected.map((line) => `- ${line}`),
    ...actual.map((line) => `+ ${line}`),
    message,
  ];
}

/** A line with its time; what nobody says stands in parentheses. */
export function formatLine({ at, who, text }: TranscriptLine): string {
  const time = formatDuration(at).replaceAll(' ', '').padStart(10);
  return who === '' ? `  ${time}  (${text})` : `  ${time}  ${who}: ${text}`;
}
