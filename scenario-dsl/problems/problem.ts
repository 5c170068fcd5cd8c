/**
 * One thing wrong with a scenario source, for a person to read and to fix.
 * `path` is dotted (`blocks.about.send-message.text`), empty for the file as a whole; `line` and `column` count from 1.
 * `bytes`: what is meant, in the source as UTF-8, from 0, the end exclusive.
 */
export interface Problem {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  remedy: string;
  path: string;
  line: number;
  column: number;
  bytes: { start: number; end: number };
}
