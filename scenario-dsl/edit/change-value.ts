import type { SourcePath } from '../problems/finding.ts';
import type { Change } from './change.ts';
import { moveWithin } from './list-edits.ts';

export type Attempt = { value: unknown } | { problem: string };

/** The same change of the values that the text means; keys keep their order. */
export function changeValue(attempt: Attempt, change: Change): Attempt {
  if ('problem' in attempt) return attempt;
  const path = change.path.join('.');
  const value = changeAt(attempt.value, change.path, change);
  return value === undefined ? { problem: `There is no place for "${path}".` } : { value };
}

function changeAt(value: unknown, path: SourcePath, change: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return changeWhole(value, change);
  if (Array.isArray(value)) return changeItem(value, Number(step), { rest, change });
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const key = String(step);
  const index = entries.findIndex(([name]) => name === key);
  if (rest.length === 0 && !isOfList(change)) return changeEntry(entries, { key, index, change });
  const inner = index < 0 ? undefined : changeAt(entries[index]?.[1], rest, change);
  return inner === undefined ? undefined : Object.fromEntries(entries.with(index, [key, inner]));
}

type ListChange = Extract<Change, { kind: 'insert-item' | 'move-item' }>;

function isOfList(change: Change): change is ListChange {
  return change.kind === 'insert-item' || change.kind === 'move-item';
}

function changeWhole(value: unknown, change: Change): unknown {
  if (change.kind === 'set') return change.value;
  if (!isOfList(change) || !Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  if (change.kind === 'move-item') {
    const isThere = [change.from, change.to].every((at) => at >= 0 && at < items.length);
    return isThere ? moveWithin(items, change) : undefined;
  }
  return change.index >= 0 && change.index <= items.length ? items.toSpliced(change.index, 0, change.value) : undefined;
}

function changeItem(
  items: readonly unknown[],
  index: number,
  { rest, change }: { rest: SourcePath; change: Change },
): unknown {
  if (!(index >= 0 && index < items.length)) return undefined;
  if (rest.length === 0 && change.kind === 'remove') return items.toSpliced(index, 1);
  const inner = changeAt(items[index], rest, change);
  return inner === undefined ? undefined : items.with(index, inner);
}

function changeEntry(
  entries: [string, unknown][],
  { key, index, change }: { key: string; index: number; change: Exclude<Change, ListChange> },
): Record<string, unknown> | undefined {
  if (change.kind === 'set') {
    const entry: [string, unknown] = [key, change.value];
    return Object.fromEntries(index < 0 ? [...entries, entry] : entries.with(index, entry));
  }
  if (change.kind === 'add') return addEntry(entries, { key, index, change });
  if (index < 0) return undefined;
  if (change.kind === 'remove') return Object.fromEntries(entries.toSpliced(index, 1));
  if (entries.some(([name]) => name === change.to)) return undefined;
  return Object.fromEntries(entries.with(index, [change.to, entries[index]?.[1]]));
}

function addEntry(
  entries: [string, unknown][],
  { key, index, change }: { key: string; index: number; change: Extract<Change, { kind: 'add' }> },
): Record<string, unknown> | undefined {
  const { after, isFirst = false } = change;
  const at = after === undefined ? entries.length - 1 : entries.findIndex(([name]) => name === after);
  if (index >= 0 || (at < 0 && after !== undefined)) return undefined;
  return Object.fromEntries(entries.toSpliced(isFirst ? 0 : at + 1, 0, [key, change.value]));
}
