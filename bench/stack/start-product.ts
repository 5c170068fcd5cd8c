import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { connectMongo } from '../../adapters/mongo/connect-mongo.ts';
import {
  createConfigurationStore,
  type ConfigurationStore,
} from '../../adapters/mongo/configuration/configuration-store.ts';
import { createLiveEvents } from '../../adapters/mongo/live-events.ts';
import { createSessionsRepository, type SessionsRepository } from '../../adapters/mongo/sessions-repository.ts';
import type { LiveNote } from '../../contracts/live-event.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { createSecretBox } from '../../adapters/secrets.ts';
import { conversationWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { seedPage, type SeededPage } from '../../test/support/seed-configuration.ts';
import { messagingEvent, webhookBody, type WebhookClient, type WebhookTarget } from '../load/webhook-client.ts';
import type { TurnBook } from '../load/turn-book.ts';
import { environmentWithoutServers, type BenchServers } from './start-servers.ts';
import { startProgram } from './start-program.ts';
import type { Subject } from './subject.ts';

/** The product as `npm start` runs it: api and worker, a process each. */
export interface Product {
  pids: { api: number; worker: number };
  /** Puts a Page into the configuration. */
  seed: (wanted: Parameters<typeof seedPage>[1]) => Promise<SeededPage>;
  /** Puts conversations into the read model that no actor wrote. */
  recordConversations: (records: ConversationRecord[]) => Promise<void>;
  /** Leaves notes as a writer of the read model does. */
  tellLive: (notes: readonly LiveNote[]) => Promise<void>;
  /** Logs users in without their passwords; gives their tokens. */
  openSessions: (usernames: readonly string[]) => Promise<string[]>;
  adminToken: string;
  /** Where a Page's signed bodies go. */
  targetOf: (pageId: string) => WebhookTarget;
  stop: () => Promise<void>;
}

/** Starts the product against the benchmark's servers and Graph server. */
export async function startProduct(
  servers: BenchServers,
  { graphUrl, profileDir }: { graphUrl: string; profileDir: string | undefined },
): Promise<Product> {
  const encryptionKey = randomBytes(32);
  const adminToken = randomBytes(32).toString('hex');
  const { client: mongo, db } = await connectMongo(servers.mongoUri);
  const store: ConfigurationStore = createConfigurationStore(db, createSecretBox(encryptionKey));
  const live = createLiveEvents(db, Date.now);
  const sessions = createSessionsRepository(db.collection('sessions'), SESSION_MS);
  const program = {
    logDir: path.join(servers.dataDir, 'logs'),
    nodeArguments: profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
    env: {
      ...environmentWithoutServers(),
      ATTENDANT_EMBEDDED: '1',
      ATTENDANT_HOST: '127.0.0.1',
      ATTENDANT_PORT: '0',
      ATTENDANT_DATA_DIR: servers.dataDir,
      ATTENDANT_GRAPH_URL: graphUrl,
      ATTENDANT_ADMIN_TOKEN: adminToken,
      ATTENDANT_ENCRYPTION_KEY: encryptionKey.toString('base64'),
      MONGODB_URI: servers.mongoUri,
      TEMPORAL_ADDRESS: servers.temporalAddress,
    },
  };
  const worker = await startProgram({ ...program, name: 'worker', file: 'worker/main.ts' });
  const api = await startProgram({ ...program, name: 'api', file: 'api/main.ts' });
  return {
    pids: { api: api.pid, worker: worker.pid },
    adminToken,
    tellLive: (notes) => live.tell(notes),
    openSessions: (usernames) => openSessions(sessions, usernames),
    seed: (wanted) => seedPage(store, wanted),
    recordConversations: async (records) => {
      const { conversations } = createReadModel(db, Date.now);
      await Promise.all(records.map((record) => conversations.record(record)));
    },
    targetOf: (pageId) => ({ port: api.port ?? 0, path: WEBHOOK_PATH, appSecret: `secret-of-${pageId}` }),
    async stop() {
      await api.stop();
      await worker.stop();
      await mongo.close();
    },
  };
}

const SESSION_MS = 60 * 60_000;

function openSessions(sessions: SessionsRepository, usernames: readonly string[]): Promise<string[]> {
  return Promise.all(
    usernames.map(async (username) => {
      const token = randomBytes(32).toString('base64url');
      const tokenHash = createHash('sha256').update(token).digest('hex');
      const at = Date.now();
      const client = { address: '127.0.0.1', userAgent: 'bench' };
      // Seeded users have their names for ids.
      await sessions.create({ tokenHash, username, userId: username, at, expiresAt: at + SESSION_MS, ...client });
      return token;
    }),
  );
}

const WEBHOOK_PATH = '/clientweb/fb/webhook';

/** Waits for a message, replies, waits again: one reply for each message. */
const LOOP_SCENARIO = `
attendant: 2
scenario: bench-loop
blocks:
  ask:
    send-message: { text: "got $(item.message)", wait: { into: said, timeout: 30m } }
  echo:
    send-message: { text: "got $(said)", wait: { into: said, timeout: 30m } }
    exits: { timeout: end }
  again:
    goto: echo
  end:
    exit: {}
`;

const OPEN_WITHIN_MS = 30_000;

interface Driver {
  webhook: WebhookClient;
  book: TurnBook;
}

/** Ours as something to measure: signed bodies over HTTP into a scenario that answers each message. */
export async function createProductSubject(product: Product, driver: Driver): Promise<Subject> {
  const { pageId } = await product.seed({ scenario: LOOP_SCENARIO });
  return createPageSubject(product, driver, pageId);
}

/** The same for a Page whose scenario repeats the text of each message in a reply. */
export function createPageSubject(product: Product, { webhook, book }: Driver, pageId: string): Subject {
  const target = product.targetOf(pageId);
  const say = async (psid: string, text: string): Promise<void> => {
    const status = await webhook.post(target, webhookBody(pageId, [messagingEvent(pageId, psid, text)]));
    if (status !== 200) throw new Error(`The webhook answered ${status}`);
  };
  return {
    name: 'ours',
    pids: product.pids,
    async open(psid) {
      const { text, replied } = book.begin(OPEN_WITHIN_MS);
      await say(psid, text);
      if ((await replied) === undefined) throw new Error(`No first reply to ${psid}: see the logs of api and worker`);
      return { psid, workflowId: conversationWorkflowId(pageId, psid) };
    },
    say: ({ psid }, text) => say(psid, text),
    stop: () => product.stop(),
  };
}
