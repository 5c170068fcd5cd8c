import type { QueueTarget } from '../../activities/find-queue.ts';
import type { HelpFlag, SettledInvitation } from '../../contracts/chat-members.ts';
import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { CustomerAnswer, RecordedInput } from '../../contracts/conversation-record.ts';
import type { ConversationAnnotations } from '../../contracts/conversation-annotations.ts';
import type { ConversationContext } from '../../contracts/conversation-context.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { Segment } from '../../contracts/history-event.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import type { MessagingWindow } from '../../contracts/messenger-policy.ts';
import type { OutboundBeginning, OutboundOrigin } from '../../contracts/outbound.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { Parking, Part, QuickReply, SendResult } from '../../contracts/part.ts';
import type { SlotRelease } from '../../contracts/routing-intent.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import type { RoutingNotification, ThreadOwnerChange } from '../../contracts/actor-messages.ts';
import type { BlockMap, MoveAnswer, ScenarioPin } from '../../contracts/scenario-move.ts';
import type { SurgeryAnswer } from '../../contracts/surgery.ts';
import type { MoveTrace } from '../../scenario-dsl/move/undo-move.ts';
import type { ScenarioState } from '../../scenario-dsl/run/step.ts';
import type { Chat, Invitation, Slot } from './chat-state.ts';

/** Shape of the carried state. */
const STATE_VERSION = 1;

/** How many handled message keys an actor remembers. */
const REMEMBERED_KEYS = 500;
const REMEMBERED_COMMANDS = 100;

export type InboxItem =
  | { type: 'customer'; event: CustomerEvent }
  | ({ type: 'thread-owner' } & ThreadOwnerChange)
  | { type: 'dispatcher'; notification: RoutingNotification }
  /** An operator cancelled the workflow. */
  | { type: 'cancelled' }
  | { type: 'blocked' }
  /** An agent begins a conversation. */
  | { type: 'outbound'; beginning: OutboundBeginning }
  | { type: 'parts-released' }
  /** The offer goes to who picked the chat from the queue: it is taken. */
  | { type: 'picked' }
  | { type: 'reaction'; at: number };

/** One part of an agent's message. */
export interface AgentPart {
  id: string;
  text: string;
  attachment?: OutboundAttachment;
  quickReplies?: QuickReply[];
}

/** A part waiting to leave, and the scenario effect that waits for its delivery status. */
export interface OutboxEntry {
  part: Part;
  /** Answered when this part has its delivery status. */
  effectId?: string;
  /** The effect of a message of which this is an earlier part: where this one fails the rest is not sent. */
  partOf?: string;
  /** It waits for the customer or for the Page, until the moment given at most. */
  parked?: { by: Parking['by']; until: number };
  /** It must not be sent any more: it is recorded so. */
  refusal?: string;
  /** The conversation that it is of, where that one is over: it leaves ahead of what the open one says. */
  endedConversationId?: string;
}

/** An offer that is open: one agent may take the chat until it expires. */
export interface Offer {
  offerId: string;
  effectId: string;
  agent: AgentIdentity;
  expiresAt: number;
  /** The agent's console takes it by itself then. */
  autoAnswerAt?: number;
  /** Why the agent refuses it, in their words. */
  refusal?: string;
}

/** What Connect Chat says of its offers. */
export interface OfferTerms {
  noAnswerMs: number;
  isOverflow?: true;
  autoAnswerMs?: number;
}

/** A question to a dispatcher that has no answer yet. */
export interface AgentSearch {
  effectId: string;
  skills: string[];
  priority: number;
  minLevel: number;
  /** Escalation intervals still to come: when each begins, and the level and skills that will do then. */
  escalations: { at: number; minLevel: number; skills?: string[] }[];
  /** Where no skills are asked for, of these one is enough; the service's where absent. */
  anySkillOf?: string[];
  onlyAgent?: string;
  /** Who last talked with the customer, and until when nobody else will do while they are there. */
  preferred?: { username: string; until: number };
  /** A Connect Chat asks: the answer is offered the chat. */
  offer?: OfferTerms;
  /** Its queue is still being looked up. */
  isTargetPending?: true;
  /** The effect that waits for the answer, where the search has an id of its own. */
  askedBy?: string;
  /** Services whose agents are asked instead, and when, the soonest first. */
  overflows?: { at: number; service: string }[];
  /** A person chose the one agent: until when they are waited for, and what the search is then again. */
  narrowed?: { from: AgentSearch; until: number };
}

/** Where a request goes, and what follows from it. */
export interface SearchTarget {
  group: string;
  service?: string;
  afterWorkMs?: number;
}

/** What the dispatchers were told, see `routing-intents.ts`. */
interface RoutingMemory {
  nextNumber: number;
  /** By group, as JSON, what its dispatcher knows of this conversation; groups that know nothing are absent. */
  stated: Record<string, string>;
  /** Slots given back lately, newest last. */
  releases: SlotRelease[];
}

/** Where the history of a conversation stands: what its next event needs, and what the record tells of it. */
export interface HistoryState {
  nextSeq: number;
  /** Events of blocks so far; bounded. */
  blockEvents: number;
  segmentCount: number;
  /** The stretches of the agents who are in the chat. */
  open: Segment[];
  /** Those that are over, newest last; bounded. */
  segments: Segment[];
  offeredAt?: number;
  acceptedAt?: number;
  firstAnswerAt?: number;
}

/** One conversation, from the first message to Exit. Plain JSON: it travels through continue-as-new. */
export interface OpenConversation {
  id: string;
  startedAt: number;
  context: ConversationContext;
  scenario: ScenarioState;
  block: string;
  nextSeq: number;
  outbox: OutboxEntry[];
  offerCount: number;
  servedBy: string[];
  /** The last connected agent, for the record of an ended conversation. */
  lastAgent?: AgentIdentity;
  refusedBy: string[];
  /** When it first asked for an agent: keeps its place whatever comes between. */
  queuedAt?: number;
  request?: AgentSearch;
  /** Where requests went that did not go to the conversation's own service, newest last. */
  foreignTargets?: ({ requestId: string } & SearchTarget)[];
  /** Searches that have an id of their own. */
  searchCount?: number;
  /** User name of an agent who takes the chat out of the queue by hand. */
  pickedBy?: string;
  queue?: { position: number; waiting: number; ewtMs?: number };
  annotations?: ConversationAnnotations;
  /** What the scenario was told beside messages; bounded. */
  recordedInputs?: RecordedInput[];
  /** The agent whose slot this conversation holds, the request that got it, and until when; for good where connected. */
  reservation?: Slot;
  routing: RoutingMemory;
  history: HistoryState;
  offer?: Offer;
  /** What the customer has answered in scenarios that they were handed on from. */
  earlierAnswers?: CustomerAnswer[];
  /** How Connect Chat offered the chat last. */
  offerTerms?: OfferTerms;
  /** The criteria and the group by which the last agent was found. */
  foundBy?: Pick<AgentSearch, 'skills' | 'priority' | 'minLevel' | 'anySkillOf'> & SearchTarget;
  /** The agent fell silent and another one is looked for; `effectId` is the Connect Chat that goes on with them. */
  requeue?: { effectId: string; until: number };
  requeueCount?: number;
  wokenCount?: number;
  chat?: Chat;
  /** Somebody is being asked into the chat; one at a time. */
  invitation?: Invitation;
  invitationCount?: number;
  lastInvitation?: SettledInvitation;
  helpFlag?: HelpFlag;
  /** Of one that an agent began. */
  origin?: OutboundOrigin;
  labels?: string[];
  chatEnd?: { agent: string; cause: string; at: number };
  isOverflow?: true;
  inactivity?: { warnAt?: number; endAt: number };
  /** The place in the transcript of what the customer said last. */
  customerSeq?: number;
  /** The agent owes the customer an answer since then. `warnAt`: until it was warned of. */
  agentSilence?: { since: number; warnAt?: number; endAt: number };
  /** When a thread owned by another app is given up. */
  otherAppUntil?: number;
  /** The messaging window whose closing the scenario was told of, and how long before its end last. */
  windowTold?: { until: number; leadMs: number };
  ended?: { at: number; reason: string };
  /** What people did to it by hand, newest last; bounded. */
  operated?: { clientId: string; answer: SurgeryAnswer }[];
  /** How it came to the version that it runs, where that is not the one it began with. */
  move?: { operationId: string; answer: MoveAnswer; from: ScenarioPin; blocks: BlockMap; trace: MoveTrace };
}

/** An agent's command and what it came to. */
interface RememberedCommand {
  clientId: string;
  contentHash: string;
  result: unknown;
}

export interface ActorState {
  stateVersion: number;
  pageId: string;
  psid: string;
  revision: number;
  inbox: InboxItem[];
  /** What the customer said that was read back from MongoDB: older than the inbox. */
  reloaded: CustomerEvent[];
  /** Pieces of what the customer said that still lie in MongoDB, from `first` to before `next`: older than the inbox. */
  spilled?: { first: number; next: number };
  spillIndex?: number;
  seenKeys: string[];
  commands: RememberedCommand[];
  threadOwner: 'ours' | 'other-app';
  /** Time of the latest event that named the owner, and of what the customer last wrote to us; epoch milliseconds. */
  ownerChangedAt?: number;
  ownerChangedBy?: 'echo';
  /** Time of the latest news of the thread, also of such as changed nothing. */
  ownerHeardAt?: number;
  /** Somebody wrote in the Page Inbox: we are silent until then, whatever the customer writes. */
  pausedUntil?: number;
  customerWroteAt?: number;
  /** Until when who may write to the customer; what the read model is told of it, to within a minute. */
  window?: MessagingWindow;
  shownWindow?: MessagingWindow;
  /** Conversations of this customer that were ended without a word, and the groups that do not know it yet. */
  departures?: { conversationId: string; group: string }[];
  /** What ended conversations have still to say, oldest first; in the outbox of the open one where there is one. */
  leftBehind?: OutboxEntry[];
  conversation?: OpenConversation;
}

/** What comes back from effects in flight: always taken, even while the actor waits to continue as new. */
export type Answer =
  | { partId: string; result: SendResult }
  | { effectId: string; result: OperationResult }
  | { searchId: string; target: QueueTarget | null };

/** State of an actor that has not handled anything yet. */
export function createActorState({ pageId, psid }: ConversationKey): ActorState {
  return {
    stateVersion: STATE_VERSION,
    pageId,
    psid,
    revision: 0,
    inbox: [],
    reloaded: [],
    seenKeys: [],
    commands: [],
    threadOwner: 'ours',
  };
}

/**
 * A carried state of this release. A change of its shape needs a new `STATE_VERSION`, a step here that brings each
 * released one to it, and a committed history (`test/replay`).
 * @throws Error for a state of another release: the task is tried again until a worker of that release takes it
 */
export function requireKnownState(carried: ActorState): ActorState {
  if (carried.stateVersion === STATE_VERSION) return carried;
  throw new Error(`No way from state version ${carried.stateVersion} to ${STATE_VERSION}: run a worker that has one`);
}

/** Remembers that a message was handled; the oldest keys are forgotten. */
export function rememberKey(state: ActorState, key: string): void {
  state.seenKeys.push(key);
  if (state.seenKeys.length > REMEMBERED_KEYS) state.seenKeys.shift();
}

/** Remembers an agent command's answer, so that a repeat gets the same one, also in a later run. */
export function rememberCommand(state: ActorState, command: RememberedCommand): void {
  state.commands.push(command);
  if (state.commands.length > REMEMBERED_COMMANDS) state.commands.shift();
}
