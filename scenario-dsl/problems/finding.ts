import { findNearestName } from '../../contracts/nearest-name.ts';
import { findLikelyWord } from './likely-words.ts';
import type { Problem } from './problem.ts';

export type SourcePath = readonly (string | number)[];

/** A problem before it has a place in the source: checks work on values, the source map turns paths into lines. */
export interface Finding {
  severity: Problem['severity'];
  code: string;
  message: string;
  remedy: string;
  path: SourcePath;
  /** The key itself is meant, not its value. */
  atKey?: boolean;
  /** The character of the value (from 0) that is meant. */
  at?: number;
  /** So many characters from there on; to the end of the value where left out. */
  length?: number;
  /** The character of the source that is meant, where there is no path or not one alone. */
  offset?: number;
}

/** The candidate that a name most likely means: nearly written so, or called so elsewhere. */
export function findMeant(name: string, candidates: readonly string[]): string | undefined {
  return findNearestName(name, candidates) ?? findLikelyWord(name, candidates);
}

/** "Did you mean …?" where there is a likely candidate, else what there is to choose from. */
export function suggest(name: string, candidates: readonly string[]): string {
  const nearest = findMeant(name, candidates);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  return candidates.length === 0 ? 'Remove it.' : `Use one of: ${candidates.slice(0, 20).join(', ')}.`;
}

/** A name from a source, cut to what a message can bear. */
export function quoted(name: string): string {
  return `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`;
}

const LONGEST_ROUTE = 12;

/** Blocks in the order in which a run comes to them, cut to what a message can bear. */
export function showRoute(ids: readonly string[]): string {
  const half = LONGEST_ROUTE / 2;
  const shown = ids.length <= LONGEST_ROUTE ? ids : [...ids.slice(0, half), '…', ...ids.slice(-half)];
  return shown.join(' → ');
}
