import { MockActivityEnvironment } from '@temporalio/testing';
import type { Db } from 'mongodb';
import { Registry } from 'prom-client';
import { beforeEach, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { createWorkerMetrics } from '../../activities/metrics.ts';
import { createRunOperation } from '../../activities/run-operation.ts';
import type { Mail, MailOutcome } from '../../adapters/mail/mailer.ts';
import { createConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import type { Operation, OperationResult } from '../../contracts/operation.ts';
import { Died, dyingDatabase } from '../support/dying-database.ts';
import { createTestDatabase } from '../support/test-database.ts';

const customer = { pageId: 'p', psid: 'u' };
let db: Db;
let readModel: ReadModel;
let mails: Mail[];
let outcomes: MailOutcome[];

beforeEach(async () => {
  db = await createTestDatabase();
  await ensureReadModelIndexes(db);
  readModel = createReadModel(db, () => 1000);
  await readModel.people.contacts.recognise(customer, { firstName: 'Ada' }, 1);
  [mails, outcomes] = [[], []];
});

const user = (username: string) => ({
  id: `id-of-${username}`,
  createdAt: 0,
  username,
  name: username,
  role: 'agent' as const,
  skills: { support: 50 },
  slots: 1,
  passwordHash: '',
});

const nothing = (): void => undefined;

/** Carries out an operation as the same visit to a block each time, on a database that may die. */
function run(operation: Operation, on: Db = db, attempt = 1): Promise<OperationResult> {
  const snapshot = createConfigurationSnapshot({
    revision: 1,
    accounts: [],
    services: [{ name: 'help', skills: ['support'], group: 'default' }],
    entries: [],
    users: [user('ann'), user('bob')],
    hours: [],
    secrets: [],
    bots: [],
    models: [],
    contactFields: [],
    caseStatuses: [],
    roles: [],
    groups: [],
    teams: [],
    cannedResponses: [],
    evaluationForms: [],
    evaluationAssignments: [],
    surveys: [],
    labels: [],
    chatSettings: [],
    retention: [],
    webhooks: [],
    scenarioHeads: [],
  });
  const deps = {
    configuration: { get: () => Promise.resolve(snapshot) },
    readModel: createReadModel(on, () => 1000),
    mailer: {
      send: (mail: Mail) => {
        mails.push(mail);
        return Promise.resolve(outcomes.shift() ?? { outcome: 'accepted' });
      },
    },
    logger: { debug: nothing, warn: nothing },
    metrics: createWorkerMetrics(new Registry()),
    now: () => 1000,
  } as unknown as ActivityDependencies;
  const environment = new MockActivityEnvironment({ attempt, scheduledTimestampMs: 1000 });
  const request = { conversationId: 'c', effectId: 'ask:3', ...customer, entry: 'door', operation, timeoutMs: 30_000 };
  return environment.run(createRunOperation(deps), request);
}

const messagesOf = async (userId: string) =>
  (await readModel.people.internalMessages.list({ userId }, { limit: 5 })).items;

const aCase: Operation = { name: 'create-object', object: 'case', fields: { title: 'Broken lamp' } };

it('opens one case however often it is carried out', async () => {
  const [one, two] = [await run(aCase), await run(aCase)];
  expect(two).toEqual(one);
  expect(await db.collection('cases').countDocuments()).toBe(1);
});

it('opens one case, and shows no half of one, where workers die one after the other', async () => {
  for (const after of [0, 1]) await expect(run(aCase, dyingDatabase(db, after))).rejects.toThrow(Died);
  const { values } = await run(aCase);
  expect(await run(aCase)).toMatchObject({ values });
  const { items } = await readModel.people.cases.list({}, { limit: 5 });
  expect(items.map(({ number }) => String(number))).toEqual([values['number']]);
});

it('completes the customer’s own contact once', async () => {
  const operation: Operation = {
    name: 'create-object',
    object: 'contact',
    fields: { email: 'a@b.example', tags: 'x' },
  };
  const [one, two] = [await run(operation), await run(operation)];
  expect(two).toEqual(one);
  const { items } = await readModel.people.contacts.list({}, { limit: 5 });
  expect(items).toMatchObject([{ firstName: 'Ada', emails: ['a@b.example'], tags: ['x'] }]);
});

it('leaves a message once for each who serves a service, and none for nobody', async () => {
  const operation: Operation = { name: 'internal-message', username: 'help', text: 'Look!' };
  await run(operation);
  await run(operation);
  expect([await messagesOf('id-of-ann'), await messagesOf('id-of-bob')]).toMatchObject([
    [{ text: 'Look!' }],
    [{ text: 'Look!' }],
  ]);
  expect((await run({ ...operation, username: 'nobody' })).outcome).toBe('failed');
});

const anEmail: Operation = { name: 'email', to: ['a@b.example'], cc: [], subject: 's', text: 't' };

it('hands an e-mail over once; where nobody wrote down that it was taken, again under the same id', async () => {
  expect((await run(anEmail)).outcome).toBe('done');
  expect((await run(anEmail, db, 2)).outcome).toBe('done');
  expect(mails).toHaveLength(1);
  await db.collection('sent-mails').deleteMany({});
  await run(anEmail, db, 2);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  expect(mails).toHaveLength(2);
});

it('asks again for an e-mail that may be taken later, three times in all, and not for one that is refused for good', async () => {
  outcomes = [{ outcome: 'refused', isPassing: true, code: 451 }];
  await expect(run(anEmail)).rejects.toThrow('did not take');
  outcomes = [{ outcome: 'failed', reason: 'ETIMEDOUT' }];
  expect(await run(anEmail, db, 3)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('ETIMEDOUT') });
  outcomes = [{ outcome: 'refused', isPassing: false, code: 550 }];
  expect(await run(anEmail)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('550') });
});
