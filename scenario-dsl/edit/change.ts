import type { SourcePath } from '../problems/finding.ts';
import type { JsonValue } from './render-value.ts';

/** One change of a source's values. */
export type Change =
  | { kind: 'set'; path: SourcePath; value: JsonValue }
  /** A key of a map, or an item of a list. */
  | { kind: 'remove'; path: SourcePath }
  /** A new key of a map: behind another one, before all, or at its end; `lines`: how it is written in a block map. */
  | {
      kind: 'add';
      path: SourcePath;
      value: JsonValue;
      after?: string;
      isFirst?: boolean;
      lines?: readonly string[];
    }
  | { kind: 'rename'; path: SourcePath; to: string }
  /** A new item of the list at `path`, before the one at `index`. */
  | { kind: 'insert-item'; path: SourcePath; index: number; value: JsonValue }
  | { kind: 'move-item'; path: SourcePath; from: number; to: number };

export type Edited = { source: string } | { problem: string };
