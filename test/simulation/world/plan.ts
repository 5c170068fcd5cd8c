/**
 * A world before it begins: who is in it, what they do and what goes wrong. Everything else follows from the seed, so a
 * plan can be cut down and played again.
 */
export interface WorldPlan {
  seed: number;
  scenario: ScenarioName;
  agents: AgentPlan[];
  customers: number;
  workers: number;
  /** The last worker runs the code of the release before. */
  hasOlderWorker: boolean;
  /** Events of a history at which continue-as-new is suggested. */
  suggestContinueAsNewAt: number;
  /** Events that one task may be overtaken by. The server's hundred, or few: then a small crowd is a burst. */
  bufferedEvents: number;
  /** Bytes that may travel at once, beside those of a real server: of few a handful of messages is a flood. */
  byteScale: number;
  onUnknown: 'resend' | 'hold';
  /** By how much the clocks of the api and of Messenger are ahead of the workers', in milliseconds. */
  apiAheadMs: number;
  messengerAheadMs: number;
  steps: Step[];
  faults: Fault[];
}

export const SCENARIO_NAMES = ['chat', 'chat-and-out', 'question', 'escalation', 'urgency'] as const;
/** `moves`: of the games that are played on real servers, too. */
export type ScenarioName = (typeof SCENARIO_NAMES)[number] | 'moves';

/** How an agent works. Probabilities are of each offer, times in milliseconds. */
export interface AgentPlan {
  slots: number;
  skills: Record<string, number>;
  /** The rest of the offers is ignored. */
  accepts: number;
  rejects: number;
  reactsAfterMs: number;
  /** Messages in a chat, before it is ended or left to itself. */
  says: number;
  /** Of these so many are pictures without a word. */
  barePictures?: number;
  endsChats: number;
  /** Of these chats somebody else is asked into. */
  asksOthers?: number;
  /** Of these chats are put away for a while. */
  snoozes?: number;
  /** Goes home in the moment of accepting or of saying something. */
  leaves: number;
  /** Logs out in one window and accepts in another in the same moment. */
  hasSecondWindow?: true;
  /** Becomes ready again after having been made Not ready. */
  returnsAfterMs: number;
}

/** Something that somebody does at a moment; milliseconds from the world's beginning. */
export type Step = { at: number } & (
  | { type: 'write'; customer: number; count: number; size?: number; isUrgent?: true }
  | { type: 'write-again'; customer: number }
  | { type: 'react'; customer: number }
  | { type: 'other-app'; customer: number; owner: 'ours' | 'other-app' }
  | { type: 'choose'; agent: number; state: 'ready' | 'not-ready' | 'logged-out' }
  | { type: 'presence'; agent: number; presence: 'lost' | 'back' }
  | { type: 'end-chats'; agent: number }
  | { type: 'configure'; agent: number; slots: number; isMember: boolean }
  | { type: 'terminate'; actor: ActorName }
  | { type: 'cancel'; actor: ActorName }
  /** `tasks`: how many of its last completed tasks are undone. */
  | { type: 'reset'; actor: ActorName; tasks: number }
  | { type: 'resume-page' }
  | { type: 'retry-parts' }
);

/** An actor of the world: a customer's conversation, the dispatcher or the Page's. */
export type ActorName = { customer: number } | 'dispatcher' | 'page';

/** Something that goes wrong. `effect`: counted from the world's beginning. */
export type Fault =
  | { type: 'crash'; effect: number; when: 'before' | 'after'; downMs: number }
  | { type: 'break'; effect: number; when: 'before' | 'after' }
  | { type: 'slow'; effect: number; ms: number }
  | { type: 'stall'; effect: number; ms: number }
  | { type: 'lose-completion'; task: number }
  /** Until then every second letter of a conversation to the dispatcher takes so long. */
  | { type: 'late-letters'; until: number; ms: number }
  | { type: 'graph'; from: number; until: number; answer: GraphResponse };

export const GRAPH_ANSWERS = [
  'slow',
  'never-left',
  'lost-before',
  'lost-after',
  'token',
  'policy',
  'limit',
  'window',
  'error',
] as const;
export type GraphResponse = (typeof GRAPH_ANSWERS)[number];

/** When the world grows quiet: nobody new comes, nothing goes wrong any more. */
export const LAST_STEP_MS = 8 * 60_000;
/** So long after the last step everything has settled that nobody acts on. */
export const QUIET_AFTER_MS = 13 * 60_000;
/** When every agent has gone home for so long that every conversation is over. */
export const CLOSED_AFTER_MS = 16 * 60_000;
