import type { Collection, Db } from 'mongodb';
import type { SecretBox } from '../../secrets.ts';
import { createAccountCodec, type StoredAccount } from './account-codec.ts';
import type {
  Account,
  Bot,
  ConfiguredCaseStatus,
  ConfiguredRole,
  DefaultChatSettings,
  ConfiguredRetention,
  ContactField,
  Entry,
  Hours,
  Model,
  ScenarioHead,
  Secret,
  Service,
  User,
  Webhook,
} from './configuration-items.ts';
import type { CannedResponse, Label } from './desk-items.ts';
import {
  createPublicationsRepository,
  type PublicationsRepository,
  type StoredHead,
  type StoredPublication,
} from './publications-repository.ts';
import {
  createPublicationReportsRepository,
  type PublicationReportsRepository,
  type StoredReport,
} from './publication-reports-repository.ts';
import {
  createScenarioDraftsRepository,
  type ScenarioDraftsRepository,
  type StoredDraft,
} from './scenario-drafts-repository.ts';
import { createEditLocksRepository, type EditLocksRepository, type StoredEditLock } from './edit-locks-repository.ts';
import {
  createItemSourcesRepository,
  type ItemSourcesRepository,
  type StoredItemSource,
} from './item-sources-repository.ts';
import {
  createNaturalKeyRepository,
  insertIfAbsent,
  plainCodec,
  type NaturalKeyRepository,
} from './natural-key-repository.ts';
import { createScenariosRepository, type ScenariosRepository, type StoredScenario } from './scenarios-repository.ts';
import type { ConfiguredEvaluationForm, ConfiguredSurvey, EvaluationAssignmentRule } from './quality-items.ts';
import type { Group, Team } from './routing-items.ts';
import { createSecretCodec, type StoredSecret } from './secret-codec.ts';
import { userCodec, type StoredUser } from './user-codec.ts';

/** All configuration in MongoDB. A change is complete once the revision has risen. */
export interface ConfigurationStore {
  accounts: NaturalKeyRepository<Account>;
  services: NaturalKeyRepository<Service>;
  entries: NaturalKeyRepository<Entry>;
  roles: NaturalKeyRepository<ConfiguredRole>;
  users: NaturalKeyRepository<User>;
  hours: NaturalKeyRepository<Hours>;
  secrets: NaturalKeyRepository<Secret>;
  bots: NaturalKeyRepository<Bot>;
  models: NaturalKeyRepository<Model>;
  contactFields: NaturalKeyRepository<ContactField>;
  caseStatuses: NaturalKeyRepository<ConfiguredCaseStatus>;
  groups: NaturalKeyRepository<Group>;
  teams: NaturalKeyRepository<Team>;
  cannedResponses: NaturalKeyRepository<CannedResponse>;
  labels: NaturalKeyRepository<Label>;
  chatSettings: NaturalKeyRepository<DefaultChatSettings>;
  retention: NaturalKeyRepository<ConfiguredRetention>;
  evaluationForms: NaturalKeyRepository<ConfiguredEvaluationForm>;
  evaluationAssignments: NaturalKeyRepository<EvaluationAssignmentRule>;
  surveys: NaturalKeyRepository<ConfiguredSurvey>;
  webhooks: NaturalKeyRepository<Webhook>;
  scenarioHeads: NaturalKeyRepository<ScenarioHead>;
  scenarios: ScenariosRepository;
  publications: PublicationsRepository;
  publicationReports: PublicationReportsRepository;
  scenarioDrafts: ScenarioDraftsRepository;
  editLocks: EditLocksRepository;
  itemSources: ItemSourcesRepository;
  /** 0 before the first change. */
  getRevision(): Promise<number>;
  raiseRevision(): Promise<number>;
  /**
   * Takes the turn to change the configuration that was read at this revision, and raises it. False: it is another by now, or
   * somebody else has the turn. Times are epoch milliseconds; a turn that nobody keeps or ends is over at `until`.
   */
  takeTurn(revision: number, turn: Turn & { now: number }): Promise<boolean>;
  /** False: the turn is lost. */
  keepTurn(turn: Turn): Promise<boolean>;
  /** Ends the turn, and raises the revision. */
  endTurn(by: string): Promise<void>;
  isTurnTaken(now: number): Promise<boolean>;
}

interface Turn {
  by: string;
  until: number;
}

interface Counter {
  _id: string;
  revision: number;
  turnOf?: string;
  turnUntil?: number;
}

const COUNTER_ID = 'configuration';

function collectionOf<Item extends object>(db: Db, name: string): Collection<Item & { _id: string }> {
  return db.collection<Item & { _id: string }>(name);
}

/** A kind of configuration that is kept as it is, by its name. */
function byName<Item extends { name: string }>(db: Db, collection: string): NaturalKeyRepository<Item> {
  return createNaturalKeyRepository(
    collectionOf<Item>(db, collection),
    plainCodec<Item>((item) => item.name),
  );
}

/** Repositories of every kind of configuration over one database; `secrets` seals what must not lie in the clear. */
export function createConfigurationStore(db: Db, secrets: SecretBox): ConfigurationStore {
  const counters = db.collection<Counter>('configuration');
  return {
    accounts: createNaturalKeyRepository(db.collection<StoredAccount>('accounts'), createAccountCodec(secrets)),
    services: byName<Service>(db, 'services'),
    entries: byName<Entry>(db, 'entries'),
    roles: byName<ConfiguredRole>(db, 'roles'),
    users: createNaturalKeyRepository(db.collection<StoredUser>('users'), userCodec),
    hours: byName<Hours>(db, 'hours'),
    secrets: createNaturalKeyRepository(db.collection<StoredSecret>('secrets'), createSecretCodec(secrets)),
    bots: byName<Bot>(db, 'bots'),
    models: byName<Model>(db, 'models'),
    contactFields: byName<ContactField>(db, 'contact-fields'),
    caseStatuses: byName<ConfiguredCaseStatus>(db, 'case-statuses'),
    groups: byName<Group>(db, 'groups'),
    teams: byName<Team>(db, 'teams'),
    cannedResponses: byName<CannedResponse>(db, 'canned-responses'),
    labels: byName<Label>(db, 'labels'),
    chatSettings: byName<DefaultChatSettings>(db, 'chat-settings'),
    retention: byName<ConfiguredRetention>(db, 'retention'),
    evaluationForms: byName<ConfiguredEvaluationForm>(db, 'evaluation-forms'),
    evaluationAssignments: byName<EvaluationAssignmentRule>(db, 'evaluation-assignment-rules'),
    surveys: byName<ConfiguredSurvey>(db, 'surveys'),
    webhooks: byName<Webhook>(db, 'webhooks'),
    scenarioHeads: byName<ScenarioHead>(db, 'scenario-heads'),
    scenarios: createScenariosRepository(db.collection<StoredScenario>('scenarios')),
    publications: createPublicationsRepository(
      db.collection<StoredHead>('scenario-heads'),
      db.collection<StoredPublication>('scenario-publications'),
    ),
    publicationReports: createPublicationReportsRepository(db.collection<StoredReport>('scenario-reports')),
    scenarioDrafts: createScenarioDraftsRepository(db.collection<StoredDraft>('scenario-drafts')),
    editLocks: createEditLocksRepository(db.collection<StoredEditLock>('scenario-edit-locks')),
    itemSources: createItemSourcesRepository(db.collection<StoredItemSource>('configuration-sources')),
    ...createTurns(counters),
    async getRevision() {
      const counter = await counters.findOne({ _id: COUNTER_ID });
      return counter?.revision ?? 0;
    },
    async raiseRevision() {
      const counter = await counters.findOneAndUpdate(
        { _id: COUNTER_ID },
        { $inc: { revision: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      if (!counter) throw new Error('MongoDB gave no counter after raising the configuration revision');
      return counter.revision;
    },
  };
}

function createTurns(
  counters: Collection<Counter>,
): Pick<ConfigurationStore, 'takeTurn' | 'keepTurn' | 'endTurn' | 'isTurnTaken'> {
  return {
    async takeTurn(revision, { by, now, until }) {
      if (revision === 0) await insertIfAbsent(counters, { _id: COUNTER_ID, revision });
      const free = [{ turnOf: { $exists: false } }, { turnUntil: { $lt: now } }];
      const { matchedCount } = await counters.updateOne(
        { _id: COUNTER_ID, revision, $or: free },
        { $set: { turnOf: by, turnUntil: until }, $inc: { revision: 1 } },
      );
      return matchedCount > 0;
    },
    async keepTurn({ by, until }) {
      const { matchedCount } = await counters.updateOne(
        { _id: COUNTER_ID, turnOf: by },
        { $set: { turnUntil: until } },
      );
      return matchedCount > 0;
    },
    async endTurn(by) {
      const { matchedCount } = await counters.updateOne(
        { _id: COUNTER_ID, turnOf: by },
        { $unset: { turnOf: '', turnUntil: '' }, $inc: { revision: 1 } },
      );
      // Somebody else has it by now: what was written is made known all the same.
      if (matchedCount === 0) await counters.updateOne({ _id: COUNTER_ID }, { $inc: { revision: 1 } });
    },
    async isTurnTaken(now) {
      return (await counters.findOne({ _id: COUNTER_ID, turnUntil: { $gte: now } })) !== null;
    },
  };
}

/**
 * Makes the indexes that hold what a check alone cannot promise between two processes: an account name once,
 * a Page in one entry, a Page as outbound account of one service. Harmless to repeat.
 */
export async function ensureConfigurationIndexes(db: Db): Promise<void> {
  await db.collection('accounts').createIndex({ name: 1 }, { unique: true });
  await db.collection('entries').createIndex({ account: 1 }, { unique: true });
  await db.collection('services').createIndex({ account: 1 }, { unique: true, sparse: true });
  await db.collection('scenario-publications').createIndex({ name: 1, number: -1 });
  await db.collection('sessions').createIndex({ username: 1 });
  await db.collection('command-results').createIndex({ at: 1 });
}
