/**
 * Running conversations that go to another version of their scenario: what a conversation is asked, and what it says to it.
 * Decided by the conversation alone, against where it is then. Docs: docs/publishing.md, "Running conversations".
 */

/** A version of a scenario, with the versions of those that it starts, by name. */
export interface ScenarioPin {
  name: string;
  version: string;
  scenarios?: Record<string, string>;
}

/** `continues`: goes on waiting in the middle of the block. `begins`: the block is entered anew. `restored`: as it was before it was moved. */
export const MOVE_KINDS = ['continues', 'begins', 'restored'] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

/**
 * Why a conversation stays: it is over; nobody is to go from its block; there is no block for it; something is on its way; an agent
 * talks with the customer; the block leads into a loop; it runs that version already.
 */
export const MOVE_REFUSALS = ['ended', 'left-out', 'no-block', 'busy', 'with-agent', 'would-fail', 'there'] as const;
export type MoveRefusal = (typeof MOVE_REFUSALS)[number];

/** Where conversations go, by the blocks that they are in: the new version's block, or `null` to leave them where they are. */
export type BlockMap = Readonly<Record<string, string | null>>;

/** Asks a conversation to go to another version. Repeated under the same operation it gets the same answer. */
export interface MoveOrder {
  clientId: string;
  operationId: string;
  conversationId: string;
  /** Who wants it. */
  by: string;
  to: ScenarioPin;
  /** For blocks that are not named the language says it (`planBlocks`). */
  blocks: BlockMap;
}

/** What became of it. `from`, `block`: where it was; `to`: the block it is in now; `isOver`: that block led to the end at once. */
export type MoveAnswer =
  | { outcome: MoveKind; from: ScenarioPin; block: string; to: string; isOver: boolean }
  | { outcome: 'refused'; reason: MoveRefusal; block?: string };

/** Moves of many conversations, as the actor that carries them out is started with. */
export interface MoveStart {
  id: string;
  scenario: string;
  /** Where to: one version for all, or for each the one that it was on before the operation named. */
  to: { version: string; number?: number } | { undo: string };
  blocks: BlockMap;
  /** Entries that name a version of their own: their conversations stay with it. */
  exceptEntries: string[];
  /** What is to be in force before the first one goes; where it does not come to it nobody goes. */
  awaits?: number;
  by: string;
  /** Of a continued run, as its predecessor wrote it. */
  engineVersion?: number;
}

/** How it stands. `abandoned`: the version never came in force. */
export const MOVE_STATES = ['waiting', 'moving', 'stopped', 'done', 'abandoned'] as const;
export type MoveState = (typeof MOVE_STATES)[number];

/** What was counted so far: each conversation once, by what it came to. */
export type MoveCounts = Partial<Record<MoveKind | MoveRefusal, number>>;

/** An operation as it is stored; `_id` is its id. */
export interface MoveRecord {
  id: string;
  scenario: string;
  to: MoveStart['to'];
  blocks: BlockMap;
  by: string;
  state: MoveState;
  startedAt: number;
  endedAt?: number;
  counts: MoveCounts;
  /** Conversations that were busy and are asked again. */
  busy: number;
}

/** What one conversation came to in an operation. */
export interface MovedConversation {
  operationId: string;
  conversationId: string;
  at: number;
  answer: MoveAnswer;
}
