import type { ReplayRun } from './replay-run.ts';
import { isSamePart, showPart, type SaidPart } from './said-parts.ts';

/** One way in which a draft's run is another one; `stored` and `draft` as a person reads them, '' for nothing. */
export interface Difference {
  kind: 'path' | 'message' | 'outcome';
  stored: string;
  draft: string;
}

/** The first difference of each kind. A run that is not `isWhole` has no outcome, and ends where it was left. */
export function findDifferences(then: ReplayRun, now: ReplayRun, { isWhole }: { isWhole: boolean }): Difference[] {
  return [
    ...comparePaths(then.blocks, now.blocks, isWhole),
    ...compareSaid(then.said, now.said, isWhole),
    ...(isWhole ? compareOutcomes(then, now) : []),
  ];
}

function comparePaths(then: readonly string[], now: readonly string[], isWhole: boolean): Difference[] {
  const at = findFirst(then, now, { isSame: (a, b) => a === b, isWhole });
  return at === undefined ? [] : [{ kind: 'path', stored: showPath(then, at), draft: showPath(now, at) }];
}

/** The block where they part, with the one before. */
function showPath(blocks: readonly string[], at: number): string {
  const shown = blocks.slice(Math.max(0, at - 1), at + 3);
  return shown.length === 0 ? '' : `${at > 1 ? '… → ' : ''}${shown.join(' → ')}${at + 3 < blocks.length ? ' → …' : ''}`;
}

function compareSaid(then: readonly SaidPart[], now: readonly SaidPart[], isWhole: boolean): Difference[] {
  const at = findFirst(then, now, { isSame: isSamePart, isWhole });
  if (at === undefined) return [];
  return [{ kind: 'message', stored: showAny(then[at]), draft: showAny(now[at]) }];
}

function showAny(part: SaidPart | undefined): string {
  return part ? showPart(part) : '';
}

function compareOutcomes(then: ReplayRun, now: ReplayRun): Difference[] {
  const [stored, draft] = [showOutcome(then), showOutcome(now)];
  return stored === draft ? [] : [{ kind: 'outcome', stored, draft }];
}

function showOutcome({ isEnded, block }: ReplayRun): string {
  return isEnded ? `ends in ${block}` : `is in ${block}`;
}

/** Where two lists part; of a run that was left early what the other has more is no difference. */
function findFirst<Item>(
  then: readonly Item[],
  now: readonly Item[],
  { isSame, isWhole }: { isSame: (a: Item, b: Item) => boolean; isWhole: boolean },
): number | undefined {
  const length = isWhole ? Math.max(then.length, now.length) : now.length;
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [then[at], now[at]];
    if (a === undefined || b === undefined || !isSame(a, b)) return at;
  }
  return undefined;
}
