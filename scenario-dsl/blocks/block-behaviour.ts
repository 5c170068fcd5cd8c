import type { ValueType } from '../expression/functions/function-definition.ts';
import type { BlockState, Way } from '../machine/run-setup.ts';

/**
 * How an exit behaves when the author did not wire it: an outcome falls to the next block, a failure goes to the entry's
 * error text and ends the run.
 */
export interface BlockExit {
  name: string;
  kind: 'outcome' | 'failure';
  /** When it is taken, in one sentence for authors. */
  when: string;
  /** The block has it only with this field. */
  needs?: string;
  /** Where it leads unwired, if not as its kind says: where another exit does; or it is not taken at all then. */
  unwired?: { as: string } | 'not-taken';
}

/** A block named inside the fields of another; `path` leads to it from the block type's key. */
export interface BlockReference {
  path: (string | number)[];
  block: string;
}

/** Where a block's ways out lead: targets for `toState`. */
export interface BlockWiring {
  /** The block's own id, for targets inside of it. */
  block: string;
  next: Way;
  exit(name: string): Way;
  /** Whether the author said where an exit leads. */
  isWired(name: string): boolean;
}

/**
 * What a way out of a block is taken by. `answer` and `failed-operation`: what an operation comes to, also by its time.
 * `empty-list`: the block offers a list that holds nothing.
 */
export type WayTaker =
  | 'scenario'
  | 'delivery'
  | 'failed-send'
  | 'customer'
  | 'customer-left'
  | 'clock'
  | 'reservation'
  | 'no-agents'
  | 'refusal'
  | 'chat-end'
  | 'answer'
  | 'failed-operation'
  | 'empty-list';

/** A way out of a block as the checks see it, with its conditions abstracted away. A test holds it against the compiled machine. */
export interface BlockWay {
  /** `next`, the name of an exit, or the author's words where the block names its target itself. */
  way: string;
  /** The block (or state) that it leads to, where the block names it. */
  target?: string;
  by: WayTaker;
  /** Time in the block before the way is taken, in milliseconds; nothing where left out. What no clock bounds counts as nothing. */
  minMs?: number;
  maxMs?: number;
  /** Names of the variables that are known behind it. */
  sets?: readonly string[];
  /** What those are, where it is known; the check of types takes the others for anything. */
  types?: Readonly<Record<string, ValueType>>;
  /** Lists that surely hold something behind it, by what `nameList` calls them. */
  fills?: readonly string[];
}

/** A text that is sent, as the author wrote it, and how much of it Messenger takes; of a `title` it shows no more. */
export interface SentText {
  /** From the block type's key. */
  path: readonly (string | number)[];
  source: string;
  what: 'text' | 'title' | 'payload' | 'card text';
  /** Of a text that stands there in several. */
  language?: string;
  limit: number;
  /** The customer can tap it, and it comes back as a reply. */
  isTapped?: boolean;
}

/** What a block type is, apart from the shape of its fields. Left out means: no exits, no references, says nothing. */
export interface BlockBehaviour<Fields> {
  exits?(fields: Fields): BlockExit[];
  references?(fields: Fields): BlockReference[];
  /** Every way out, also those without a name. */
  ways(fields: Fields): BlockWay[];
  /** What the customer reads when the run comes here, in the author's words. */
  says?(fields: Fields): string;
  /** Every text that Messenger bounds. */
  texts?(fields: Fields): SentText[];
  /** Compiles checked fields. The state neither counts visits nor has an id: every block gets those. */
  state(fields: Fields, wiring: BlockWiring): BlockState;
}
