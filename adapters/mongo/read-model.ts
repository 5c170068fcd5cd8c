import type { Db } from 'mongodb';
import {
  createConversationsRepository,
  ensureConversationIndexes,
  type ConversationsRepository,
} from './conversations-repository.ts';
import { createCustomersRepository, type CustomersRepository } from './customers-repository.ts';
import { createDeliveryLedger, type DeliveryLedger } from './delivery-ledger.ts';
import { createEventRecorder } from './event-recorder.ts';
import { createFilesRepository } from './files-repository.ts';
import { createBulkWriter } from './bulk-writer.ts';
import { createPendingChanges, ensurePendingChangeIndexes } from './pending-changes.ts';
import { applyPendingChanges } from './record-change.ts';
import type { MessageDocument } from './message-document.ts';
import { createSendLanesRepository, type SendLanesRepository } from './send-lanes-repository.ts';
import { createMessagesRepository, ensureMessageIndexes, type MessagesRepository } from './messages-repository.ts';
import { createPageAssetsRepository, type PageAssetsRepository } from './page-assets-repository.ts';
import { createPeople, ensurePeopleIndexes, type People } from './people/people.ts';
import { createPagesRepository, type PagesRepository } from './pages-repository.ts';
import {
  createSpilledEventsRepository,
  ensureSpilledEventIndexes,
  type SpilledEventsRepository,
} from './spilled-events-repository.ts';
import { createRoutingRepository, ensureRoutingIndexes, type RoutingRepository } from './routing-repository.ts';
import { createWrapUpsRepository, ensureWrapUpIndexes, type WrapUpsRepository } from './wrap-ups-repository.ts';

/** Everything that MongoDB holds beside configuration: one repository for each noun, made once for a process. */
export interface ReadModel {
  conversations: ConversationsRepository;
  messages: MessagesRepository;
  ledger: DeliveryLedger;
  customers: CustomersRepository;
  pages: PagesRepository;
  sendLanes: SendLanesRepository;
  pageAssets: PageAssetsRepository;
  routing: RoutingRepository;
  wrapUps: WrapUpsRepository;
  spilledEvents: SpilledEventsRepository;
  people: People;
  events: ReturnType<typeof createEventRecorder>;
  /** Writes the changes that came before their messages. */
  applyPendingChanges: () => Promise<void>;
}

/** Creates the repositories; the transcript and the ledger share one bulk writer. `now`: epoch milliseconds. */
export function createReadModel(db: Db, now: () => number): ReadModel {
  const messagesCollection = db.collection<MessageDocument>('messages');
  const writer = createBulkWriter(messagesCollection);
  const conversations = createConversationsRepository(db);
  const customers = createCustomersRepository(db);
  const pages = createPagesRepository(db);
  const ledger = createDeliveryLedger(messagesCollection, writer);
  const changes = {
    messages: messagesCollection,
    pendingChanges: createPendingChanges(db),
    files: createFilesRepository(db),
    now,
  };
  return {
    conversations,
    customers,
    pages,
    ledger,
    sendLanes: createSendLanesRepository(db, now),
    pageAssets: createPageAssetsRepository(db, now),
    messages: createMessagesRepository(messagesCollection, writer),
    routing: createRoutingRepository(db),
    people: createPeople(db),
    wrapUps: createWrapUpsRepository(db),
    spilledEvents: createSpilledEventsRepository(db, now),
    events: createEventRecorder({ ...changes, ledger, pages, customers, conversations }),
    applyPendingChanges: () => applyPendingChanges(changes),
  };
}

/** Creates what is missing; done again at every start of every process. */
export async function ensureReadModelIndexes(db: Db): Promise<void> {
  await ensureConversationIndexes(db);
  await ensureMessageIndexes(db);
  await ensureRoutingIndexes(db);
  await ensureWrapUpIndexes(db);
  await ensurePendingChangeIndexes(db);
  await ensureSpilledEventIndexes(db);
  await ensurePeopleIndexes(db);
}
