import type { BlockState } from '../run-setup.ts';

/**
 * How an exit behaves when the author did not wire it: an outcome falls to the next block, a failure goes to the entry's
 * error text and ends the run.
 */
export interface BlockExit {
  name: string;
  kind: 'outcome' | 'failure';
}

/** A block named inside the fields of another; `path` leads to it from the block type's key. */
export interface BlockReference {
  path: (string | number)[];
  block: string;
}

/** Where a block's ways out lead: names for `toState`. */
export interface BlockWiring {
  next: string;
  exit(name: string): string;
}

/** What a block type is, apart from the shape of its fields. Left out means: no exits, no references, goes on, does not pause. */
export interface BlockBehaviour<Fields> {
  exits?(fields: Fields): BlockExit[];
  references?(fields: Fields): BlockReference[];
  /** Whether it can go on to the next block other than by an unwired exit. */
  goesOn?(fields: Fields): boolean;
  /** Whether it waits for a person or an agent; a loop without such a block never ends. */
  pauses?(fields: Fields): boolean;
  /** Compiles checked fields. The state neither counts visits nor has an id: every block gets those. */
  state(fields: Fields, wiring: BlockWiring): BlockState;
}
