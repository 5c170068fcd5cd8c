import type { ConfigurationSnapshot } from '../../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ReadModel } from '../../../adapters/mongo/read-model.ts';
import type { StoredPresence } from '../../../adapters/mongo/presence-repository.ts';
import type { ConversationRecord } from '../../../contracts/conversation-record.ts';
import type { MessageDocument } from '../../../adapters/mongo/message-document.ts';
import type { AgentState } from '../../../contracts/routing.ts';
import { documentsOf, type Store } from '../mongo/simulated-database.ts';
import type { Random } from '../temporal/random.ts';
import type { Scheduler } from '../temporal/scheduler.ts';
import type { TemporalService } from '../temporal/temporal-service.ts';
import type { WorkerProcess } from '../temporal/worker-process.ts';
import type { AgentPlan, WorldPlan } from './plan.ts';
import type { SimulatedGraph } from './simulated-graph.ts';

/** An agent, as they know themselves. Times are milliseconds since the world began. */
export interface Agent {
  username: string;
  name: string;
  plan: AgentPlan;
  slots: number;
  isMember: boolean;
  chosen: AgentState;
  chosenAt: number;
  /** The api's time of the last choice; epoch milliseconds. */
  toldAt: number;
  /** Since when their client is gone. */
  lostAt: number | undefined;
}

/** A customer and what the api has taken from them, in the order in which it came. */
export interface Customer {
  psid: string;
  workflowId: string;
  taken: string[];
  wrote: number;
}

/** An agent's message that was acknowledged. */
interface AcknowledgedMessage {
  partId: string;
  conversationId: string;
  workflowId: string;
  at: number;
}

/** Something that must not be. */
export interface Violation {
  invariant: string;
  what: string;
  at: number;
}

export type StoredRecord = Omit<ConversationRecord, 'conversationId'> & { _id: string };

/** Everything of one simulated world. */
export interface World {
  readonly plan: WorldPlan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly service: TemporalService;
  readonly store: Store;
  readonly graph: SimulatedGraph;
  /** Processes that run actors and activities, and the one that takes webhooks and agents' commands. */
  readonly workers: WorkerProcess[];
  readonly api: WorkerProcess;
  readonly apiReadModel: ReadModel;
  readonly pageId: string;
  readonly group: string;
  readonly agents: Agent[];
  readonly customers: Customer[];
  readonly acknowledged: AcknowledgedMessage[];
  /** Runs that an operator ended: what they had in hand is gone, and that is no fault of an actor. */
  readonly endedByOperator: Map<string, number>;
  /** Actors that an operator has had played again. */
  readonly resetByOperator: Set<string>;
  /** Parts that a person let go again, and how often. */
  readonly retried: Map<string, number>;
  configuration: ConfigurationSnapshot;
  /** When the operators were last told of a closed Page, and when an admin last said that it is repaired. */
  toldAt: number | undefined;
  resumedAt: number | undefined;
  /** Rises with everything that an invariant could see. */
  changes: number;
  violation: Violation | undefined;
  elapsedMs(): number;
  /** Somebody reads the story. */
  readonly isTold: boolean;
  /** A line of the story; costs nothing where nobody reads it. */
  tell(who: string, what: string): void;
  violate(invariant: string, what: string): void;
}

/** The read model's conversations. */
export function recordsOf({ store }: World): IterableIterator<StoredRecord> {
  return (documentsOf(store, 'conversations') as unknown as Map<string, StoredRecord>).values();
}

/** Whether an operator cut off or reset an actor: what it had in hand is theirs to look after. */
export function isCutOff({ endedByOperator, resetByOperator }: World, workflowId: string): boolean {
  return endedByOperator.has(workflowId) || resetByOperator.has(workflowId);
}

/** The record of one conversation. */
export function findRecord({ store }: World, conversationId: string): StoredRecord | undefined {
  return documentsOf(store, 'conversations').get(conversationId) as StoredRecord | undefined;
}

/** Transcripts and ledger. */
export function messagesOf({ store }: World): Map<string, MessageDocument> {
  return documentsOf(store, 'messages') as unknown as Map<string, MessageDocument>;
}

/** What the read model says of an agent. */
export function presenceOf({ store }: World, username: string): StoredPresence | undefined {
  return documentsOf(store, 'presence').get(username) as unknown as StoredPresence | undefined;
}

/** Who a conversation is with, for a story. */
export function nameOf(world: World, conversationId: string): string {
  const record = findRecord(world, conversationId);
  const index = world.customers.findIndex(({ psid }) => psid === record?.psid);
  return index < 0 ? `conversation ${conversationId.slice(0, 8)}` : `customer ${index}`;
}
