import type { Db } from 'mongodb';
import {
  createConversationsRepository,
  ensureConversationIndexes,
  type ConversationsRepository,
} from './conversations-repository.ts';
import { createCustomersRepository, type CustomersRepository } from './customers-repository.ts';
import { createDeliveryLedger, type DeliveryLedger } from './delivery-ledger.ts';
import { createEventRecorder } from './event-recorder.ts';
import { createGatheredWriter } from './gathered-writer.ts';
import type { MessageDocument } from './message-document.ts';
import { createLanesRepository, type LanesRepository } from './lanes-repository.ts';
import { createMessagesRepository, ensureMessageIndexes, type MessagesRepository } from './messages-repository.ts';
import { createPageAssetsRepository, type PageAssetsRepository } from './page-assets-repository.ts';
import { createPagesRepository, type PagesRepository } from './pages-repository.ts';
import { createRoutingRepository, ensureRoutingIndexes, type RoutingRepository } from './routing-repository.ts';

/** Everything that MongoDB holds beside configuration: one repository for each noun, made once for a process. */
export interface ReadModel {
  conversations: ConversationsRepository;
  messages: MessagesRepository;
  ledger: DeliveryLedger;
  customers: CustomersRepository;
  pages: PagesRepository;
  lanes: LanesRepository;
  pageAssets: PageAssetsRepository;
  routing: RoutingRepository;
  events: ReturnType<typeof createEventRecorder>;
}

/** Creates the repositories; the transcript and the ledger share one gathered writer. `now`: epoch milliseconds. */
export function createReadModel(db: Db, now: () => number): ReadModel {
  const messagesCollection = db.collection<MessageDocument>('messages');
  const writer = createGatheredWriter(messagesCollection);
  const conversations = createConversationsRepository(db);
  const customers = createCustomersRepository(db);
  const pages = createPagesRepository(db);
  const ledger = createDeliveryLedger(messagesCollection, writer);
  return {
    conversations,
    customers,
    pages,
    ledger,
    lanes: createLanesRepository(db, now),
    pageAssets: createPageAssetsRepository(db, now),
    messages: createMessagesRepository(messagesCollection, writer),
    routing: createRoutingRepository(db),
    events: createEventRecorder({ messages: messagesCollection, ledger, pages, customers, conversations, now }),
  };
}

/** Creates what is missing; done again at every start of every process. */
export async function ensureReadModelIndexes(db: Db): Promise<void> {
  await ensureConversationIndexes(db);
  await ensureMessageIndexes(db);
  await ensureRoutingIndexes(db);
}
