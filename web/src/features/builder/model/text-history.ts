import type { TextEdit } from '../../../../../scenario-dsl/edit/text-edit.ts';

/** One text with its past and its undone future: what both the canvas and the text's editor write into. */
export interface TextHistory {
  readonly text: string;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** What one undo takes back. `kind` and `at`: typing goes on in the step before it. */
interface Step {
  readonly before: TextEdit;
  readonly after: TextEdit;
  readonly kind: 'typing' | 'edit';
  readonly at: number;
}

const PAUSE_MS = 700;
const MOST_STEPS = 2000;

/** Begins a history with a text. */
export function beginHistory(text: string): TextHistory {
  return { text, past: [], future: [] };
}

/**
 * Goes on with another text. What is typed without a pause at one place is one step; an edit of the canvas is always one of its
 * own. `at`: when, in milliseconds.
 */
export function write(history: TextHistory, text: string, { kind, at }: Pick<Step, 'kind' | 'at'>): TextHistory {
  if (text === history.text) return history;
  const last = history.past.at(-1);
  const isMore = kind === 'typing' && last?.kind === 'typing' && at - last.at < PAUSE_MS && history.future.length === 0;
  const before = isMore ? textBefore(history.text, last) : history.text;
  const step = { ...toStep(before, text), kind, at };
  const past = isMore ? history.past.slice(0, -1) : history.past;
  return { text, past: [...past, step].slice(-MOST_STEPS), future: [] };
}

/** Takes the last step back. */
export function undo(history: TextHistory): TextHistory {
  const last = history.past.at(-1);
  if (!last) return history;
  return { text: textBefore(history.text, last), past: history.past.slice(0, -1), future: [last, ...history.future] };
}

/** Makes the step that was taken back last. */
export function redo(history: TextHistory): TextHistory {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { text: replace(history.text, next.before, next.after.text), past: [...history.past, next], future };
}

/** The one stretch in which two texts differ. */
export function differenceOf(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < most - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same += 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

function toStep(before: string, after: string): Pick<Step, 'before' | 'after'> {
  const { start, end, text } = differenceOf(before, after);
  return {
    before: { start, end, text: before.slice(start, end) },
    after: { start, end: start + text.length, text },
  };
}

function textBefore(text: string, { before, after }: Step): string {
  return replace(text, after, before.text);
}

function replace(text: string, { start, end }: TextEdit, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
