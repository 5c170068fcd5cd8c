import type { Db } from 'mongodb';
import {
  createConversationsRepository,
  ensureConversationIndexes,
  type ConversationsRepository,
} from './conversations-repository.ts';
import { createCustomersRepository, type CustomersRepository } from './customers-repository.ts';
import { createDeliveryLedger, type DeliveryLedger } from './delivery-ledger.ts';
import { createEventRecorder } from './event-recorder.ts';
import {
  createEvaluationAssignments,
  ensureEvaluationAssignmentIndexes,
  type EvaluationAssignments,
} from './evaluation-assignments.ts';
import { createEvaluationDraws, ensureEvaluationDrawIndexes, type EvaluationDraws } from './evaluation-draws.ts';
import {
  createEvaluationsRepository,
  ensureEvaluationIndexes,
  type EvaluationsRepository,
} from './evaluations-repository.ts';
import { createFilesRepository } from './files-repository.ts';
import { createHistoryRepository, ensureHistoryIndexes, type HistoryRepository } from './history-repository.ts';
import { createBulkWriter } from './bulk-writer.ts';
import { createPendingChanges, ensurePendingChangeIndexes } from './pending-changes.ts';
import type { LiveNotes } from './live-events.ts';
import { applyPendingChanges } from './record-change.ts';
import type { LiveNote } from '../../contracts/live-event.ts';
import type { MessageDocument } from './message-document.ts';
import { tellOfLedger } from './tell-of-ledger.ts';
import {
  createScenarioMovesRepository,
  ensureScenarioMoveIndexes,
  type ScenarioMovesRepository,
} from './scenario-moves-repository.ts';
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
import { createWebhookDeliveries, ensureWebhookDeliveryIndexes, type WebhookDeliveries } from './webhook-deliveries.ts';
import {
  markAdoptions,
  markConversations,
  markEvaluations,
  markNewMessages,
  markWrapUps,
} from './records/mark-changes.ts';
import { createRecordMarks } from './records/record-marks.ts';
import { createRecords, ensureRecordsIndexes, type Records } from './records/records.ts';
import { createRoutingRepository, ensureRoutingIndexes, type RoutingRepository } from './routing-repository.ts';
import { createTimerBoard, type TimerBoard } from './timer-board.ts';
import { createBulkSurgeries, ensureBulkSurgeryIndexes, type BulkSurgeries } from './bulk-surgeries.ts';
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
  scenarioMoves: ScenarioMovesRepository;
  bulkSurgeries: BulkSurgeries;
  timerBoard: TimerBoard;
  wrapUps: WrapUpsRepository;
  evaluations: EvaluationsRepository;
  evaluationAssignments: EvaluationAssignments;
  evaluationDraws: EvaluationDraws;
  history: HistoryRepository;
  webhookDeliveries: WebhookDeliveries;
  /** Takes notes of what was written, for those who watch. */
  live: LiveNotes;
  spilledEvents: SpilledEventsRepository;
  people: People;
  records: Records;
  events: ReturnType<typeof createEventRecorder>;
  /** Writes the changes that came before their messages. */
  applyPendingChanges: () => Promise<void>;
}

const NOBODY_WATCHES: LiveNotes = { tell: () => Promise.resolve() };

/** Creates the repositories; the transcript and the ledger share one bulk writer. `now`: epoch milliseconds. */
export function createReadModel(db: Db, now: () => number, live: LiveNotes = NOBODY_WATCHES): ReadModel {
  const messagesCollection = db.collection<MessageDocument>('messages');
  const marks = createRecordMarks(db, now);
  const writer = markNewMessages(createBulkWriter(messagesCollection), marks);
  const history = createHistoryRepository(db);
  const conversations = markConversations(createConversationsRepository(db, history), marks);
  const wrapUps = markWrapUps(createWrapUpsRepository(db), marks);
  const evaluations = markEvaluations(createEvaluationsRepository(db), marks);
  const customers = createCustomersRepository(db);
  const pages = createPagesRepository(db);
  const tell = (notes: readonly LiveNote[]): void => void live.tell(notes).catch(() => undefined);
  const ledger = tellOfLedger(createDeliveryLedger(messagesCollection, writer), tell);
  const changes = {
    messages: messagesCollection,
    pendingChanges: createPendingChanges(db),
    marks,
    files: createFilesRepository(db),
    tell,
    now,
  };
  return {
    conversations,
    customers,
    pages,
    ledger,
    sendLanes: createSendLanesRepository(db, now),
    pageAssets: createPageAssetsRepository(db, now),
    messages: markAdoptions(createMessagesRepository(messagesCollection, writer), marks),
    routing: createRoutingRepository(db),
    scenarioMoves: createScenarioMovesRepository(db),
    bulkSurgeries: createBulkSurgeries(db),
    timerBoard: createTimerBoard(db),
    people: createPeople(db),
    wrapUps,
    evaluations,
    evaluationAssignments: createEvaluationAssignments(db),
    evaluationDraws: createEvaluationDraws(db),
    records: createRecords({ db, marks, conversations, wrapUps, evaluations, now }),
    history,
    webhookDeliveries: createWebhookDeliveries(db),
    live,
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
  await ensureEvaluationIndexes(db);
  await ensureEvaluationAssignmentIndexes(db);
  await ensureEvaluationDrawIndexes(db);
  await ensureHistoryIndexes(db);
  await ensureWebhookDeliveryIndexes(db);
  await ensurePendingChangeIndexes(db);
  await ensureSpilledEventIndexes(db);
  await ensurePeopleIndexes(db);
  await ensureScenarioMoveIndexes(db);
  await ensureBulkSurgeryIndexes(db);
  await ensureRecordsIndexes(db);
}
