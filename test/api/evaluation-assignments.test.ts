import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCustomerData } from '../../adapters/mongo/customer-data.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { carryOutDraws } from '../../api/evaluations/carry-out-draws.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { AssignmentView } from '../../contracts/evaluation-assignment-schema.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PASSWORD = 'correct horse battery';
/** The Monday after now: sessions go by the clock of MongoDB as well, and users are made now. */
const MONDAY = Math.ceil((Date.now() - Date.parse('1970-01-05')) / (7 * DAY)) * 7 * DAY + Date.parse('1970-01-05');
const FORM = 'Chat quality';
const token = ADMIN_TOKEN;

let api: TestApi;
let model: ReadModel;
/** The time that the api takes it to be. */
let at: number;

beforeEach(async () => {
  at = Date.now();
  api = await startApi(() => ({ now: () => at }));
  await ensureReadModelIndexes(api.db);
  model = createReadModel(api.db, () => at);
  const agent = { kind: 'user', role: 'agent', skills: { support: 50 }, password: PASSWORD } as const;
  const supervisor = { kind: 'user', role: 'supervisor', skills: {}, password: PASSWORD } as const;
  const applied = await api.apply([
    ...smallConfiguration(),
    { kind: 'service', name: 'sales', skills: [] },
    { ...agent, username: 'bob', name: 'Bob' },
    { ...supervisor, username: 'ted', name: 'Ted' },
    { ...supervisor, username: 'uma', name: 'Uma' },
    { kind: 'team', name: 'north', members: ['bob'], supervisors: ['ted'] },
    {
      kind: 'evaluation-form',
      name: FORM,
      questions: [{ area: 'Opening', question: 'Greets by name', type: 'yes-no' }],
    },
  ]);
  expect(applied.status, applied.text).toBe(200);
});
afterEach(() => api.stop());

const rule = (changes: object = {}) => ({
  kind: 'evaluation-assignment',
  name: 'each week',
  form: FORM,
  perAgent: 2,
  evaluators: ['sue', 'uma'],
  ...changes,
});

/** A conversation that ann, then bob had, and that ended then. */
async function keep(conversationId: string, endedAt: number, changes: Partial<ConversationRecord> = {}): Promise<void> {
  const segments = [
    { number: 1, agent: 'ann', from: endedAt - HOUR, to: endedAt - HOUR / 2 },
    { number: 2, agent: 'bob', from: endedAt - HOUR / 2, to: endedAt },
  ];
  const over = { startedAt: endedAt - HOUR, state: 'ended' as const, endedAt, servedBy: ['ann', 'bob'], segments };
  const record = aConversation({ pageId: 'page-1', psid: 'ada', conversationId, ...over, ...changes });
  api.conversations.records.push(record);
  await model.conversations.record(record);
}

/** Looks as every process does again and again. */
async function lookAt(moment: number, deps: Partial<TestApi['deps']> = {}): Promise<void> {
  at = moment;
  await carryOutDraws({ ...api.deps, ...deps });
}

const list = async (query = 'limit=200', as = token): Promise<AssignmentView[]> =>
  (await api.call('GET', `/api/v1/evaluation-assignments?${query}`, { token: as })).body.items;
const progress = async () =>
  (await api.call('GET', '/api/v1/evaluation-assignments/rules', { token })).body.items.find(
    (each: { rule: string }) => each.rule === 'each week',
  );
const assign = (id: string, body: object, as = token) =>
  api.call('POST', `/api/v1/conversations/${id}/evaluation-assignments`, {
    token: as,
    body: { segment: 1, form: FORM, evaluator: 'sue', ...body },
  });

/** Which field of an assignment is refused. */
const refusedPath = async (body: object, as = token): Promise<string> =>
  (await assign('one', body, as)).body.details[0].path;
/** What sue is to grade, as she sees it. */
const mine = async (more = ''): Promise<AssignmentView[]> => list(`evaluator=sue${more}`, await api.logIn('sue'));

/** Grades a stretch, and sends it to the agent. */
async function grade(conversationId: string, segment: number, as: string): Promise<void> {
  const path = `/api/v1/conversations/${conversationId}/evaluations`;
  const begun = await api.call('POST', path, { token: as, body: { segment, form: FORM } });
  expect(begun.status, begun.text).toBe(200);
  const of = `/api/v1/evaluations/${begun.body.id}`;
  const answers = [{ question: 'Greets by name', value: 'yes' }];
  await api.call('PUT', of, { token: as, body: { revision: 1, answers } });
  expect((await api.call('POST', `${of}/finish`, { token: as, body: { revision: 2 } })).status).toBe(200);
}

/** A rule that was there all week, and five conversations of that week. */
async function haveAWeek(changes: object = {}): Promise<void> {
  const applied = await api.apply([rule(changes)]);
  expect(applied.status, applied.text).toBe(200);
  await lookAt(MONDAY + HOUR);
  for (let index = 0; index < 5; index += 1) await keep(`c${index}`, MONDAY + DAY + index * HOUR);
}
const NEXT = MONDAY + 7 * DAY;
const stretchOf = ({ conversationId, segment }: AssignmentView): string => `${conversationId} ${segment}`;

/** Which stretches went to whom. */
const whoGot = (assignments: AssignmentView[]): string[] =>
  assignments.map((each) => `${stretchOf(each)} ${each.evaluator.username}`).toSorted();

describe('a rule', () => {
  it('draws so many stretches of each agent when the week is over, and divides them among the evaluators', async () => {
    await haveAWeek();
    await keep('next week', NEXT + HOUR / 4);
    await lookAt(NEXT + HOUR / 2);
    expect(await list()).toEqual([]);
    expect((await progress()).nextDrawAt).toBe(new Date(NEXT + HOUR).toISOString());
    await lookAt(NEXT + HOUR + 1);
    const drawn = await list();
    expect(drawn.map(({ agent }) => agent.username).toSorted()).toEqual(['ann', 'ann', 'bob', 'bob']);
    expect(drawn.map(({ evaluator }) => evaluator.username).toSorted()).toEqual(['sue', 'sue', 'uma', 'uma']);
    expect(new Set(drawn.map(stretchOf)).size).toBe(4);
    expect(drawn.map(({ conversationId }) => conversationId)).not.toContain('next week');
    const due = new Date(NEXT + HOUR + 1 + 7 * DAY).toISOString();
    expect(drawn[0]).toMatchObject({ rule: 'each week', form: FORM, state: 'open', dueAt: due });
    expect(drawn[0]).not.toHaveProperty('psid');
  });

  it('draws of its services and teams alone, and of nobody who is no user any more', async () => {
    await haveAWeek({ services: ['support'], teams: ['north'], evaluators: ['ted'], perAgent: 20 });
    await keep('sold', MONDAY + DAY, { service: 'sales' });
    await keep('gone', MONDAY + DAY, { segments: [{ number: 1, agent: 'zoe', from: MONDAY, to: MONDAY + 1 }] });
    await lookAt(NEXT + 2 * HOUR);
    expect((await list()).map(stretchOf).toSorted()).toEqual(['c0 2', 'c1 2', 'c2 2', 'c3 2', 'c4 2']);
  });

  it('leaves out what is graded, or to be graded, by its form', async () => {
    await haveAWeek({ perAgent: 20 });
    at = MONDAY + 2 * DAY;
    await grade('c0', 1, token);
    expect((await assign('c1', { evaluator: 'uma' })).status).toBe(200);
    await lookAt(NEXT + 2 * HOUR);
    const drawn = (await list('limit=200&rule=each%20week')).map(stretchOf);
    expect(drawn).toHaveLength(8);
    expect(drawn).not.toContain('c0 1');
    expect(drawn).not.toContain('c1 1');
  });

  it('gives nobody what none of its evaluators may grade, and says so', async () => {
    // Ted looks after the north alone.
    await haveAWeek({ evaluators: ['ted'] });
    await lookAt(NEXT + 2 * HOUR);
    expect((await list()).map(({ agent }) => agent.username)).toEqual(['bob', 'bob']);
    expect((await progress()).draws).toMatchObject([{ drawn: 4, withoutEvaluator: 2, open: 2 }]);
  });

  it('draws each week once, whoever looks however often, and each that passed during a standstill', async () => {
    await haveAWeek({ perAgent: 1 });
    await keep('later', NEXT + DAY);
    await Promise.all([1, 2, 3].map(() => lookAt(NEXT + 7 * DAY + 2 * HOUR)));
    await lookAt(NEXT + 7 * DAY + 3 * HOUR);
    const drawn = await list();
    expect(drawn.map(({ agent }) => agent.username).toSorted()).toEqual(['ann', 'ann', 'bob', 'bob']);
    expect((await progress()).draws.map(({ from }: { from: string }) => from)).toEqual(
      [NEXT, MONDAY].map((ms) => new Date(ms).toISOString()),
    );
  });

  it('draws nothing of the weeks in which it was paused, or not there', async () => {
    await haveAWeek({ paused: true });
    expect(await progress()).not.toHaveProperty('nextDrawAt');
    await api.apply([rule()]);
    await lookAt(NEXT + 2 * HOUR);
    await lookAt(NEXT + 3 * HOUR);
    expect(await list()).toEqual([]);
    await keep('seen', NEXT + DAY);
    await lookAt(NEXT + 7 * DAY + 2 * HOUR);
    expect((await list()).map(stretchOf).toSorted()).toEqual(['seen 1', 'seen 2']);
  });

  it('names a form, services, teams and evaluators that there are; they stay as long as it names them', async () => {
    const refused = await api.apply([
      rule({ form: 'Chat qualty', services: ['suport'], teams: ['nort'], evaluators: ['sue', 'ann'] }),
    ]);
    expect(refused.status).toBe(422);
    expect(refused.body.details.map(({ path, remedy }: { path: string; remedy: string }) => [path, remedy])).toEqual([
      ['documents.0.form', 'Did you mean "Chat quality"?'],
      ['documents.0.services.0', 'Did you mean "support"?'],
      ['documents.0.teams.0', 'Did you mean "north"?'],
      ['documents.0.evaluators.1', expect.stringContaining('user who may grade chats "ann"')],
    ]);
    await api.apply([rule({ services: ['sales'], teams: ['north'] })]);
    for (const named of ['evaluation-forms/Chat%20quality', 'services/sales', 'teams/north', 'users/uma']) {
      const kept = await api.call('DELETE', `/api/v1/${named}`, { token });
      expect([kept.status, kept.body.code]).toEqual([409, 'STILL_IN_USE']);
      expect(kept.body.details[0].message).toContain('evaluation-assignment "each week"');
    }
  });
});

const WRITES = {
  evaluationDraws: ['turnOf', 'advance', 'keepOnly', 'plan', 'finish'],
  evaluationAssignments: ['add', 'settle'],
} as const;

/** Repositories of a process that is killed: after so many writes, or with the last of them made and nobody told. */
function dyingAfter(writes: number): Pick<TestApi['deps'], keyof typeof WRITES> {
  let left = writes;
  const dying = <Repository extends object>(repository: Repository, names: readonly string[]): Repository =>
    new Proxy(repository, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function' || !names.includes(String(name))) return method;
        return async (...given: unknown[]): Promise<unknown> => {
          left -= 1;
          if (left < 0) throw new Error('killed');
          const result: unknown = await Reflect.apply(method, target, given);
          if (left === 0) throw new Error('killed');
          return result;
        };
      },
    });
  const { evaluationDraws, evaluationAssignments } = api.deps;
  return {
    evaluationDraws: dying(evaluationDraws, WRITES.evaluationDraws),
    evaluationAssignments: dying(evaluationAssignments, WRITES.evaluationAssignments),
  };
}

describe('a draw whose process is killed', () => {
  it('is ended by another one with the same stretches and evaluators, wherever it stopped', async () => {
    await haveAWeek();
    await lookAt(NEXT + 2 * HOUR);
    const whole = whoGot(await list());
    expect(whole).toHaveLength(4);
    let kills = 0;
    for (let isKilled = true; isKilled; kills += 1) {
      await Promise.all(
        ['evaluation-draws', 'evaluation-assignments'].map((name) => api.db.collection(name).deleteMany({})),
      );
      await api.db
        .collection<{ _id: string }>('evaluation-draw-turns')
        .updateOne({ _id: 'each week' }, { $set: { from: MONDAY } });
      // The lease of the one before is over.
      isKilled = await lookAt(at + HOUR, dyingAfter(kills)).then(
        () => false,
        () => true,
      );
      // What is drawn already stands, whatever has become of the records meanwhile.
      const isDrawn = (await api.db.collection('evaluation-draws').countDocuments()) > 0;
      if (isDrawn) await keep(`late ${kills}`, MONDAY + DAY);
      await lookAt(at + HOUR);
      expect(whoGot(await list())).toEqual(whole);
      await api.db.collection('conversations').deleteMany({ _id: /^late/ as never });
      const planned = await api.db.collection('evaluation-draws').find().toArray();
      expect(planned.map(({ stretches, isPlanned }) => [stretches, isPlanned])).toEqual([[undefined, undefined]]);
    }
    expect(kills).toBeGreaterThan(8);
  });
});

describe('somebody who assigns by hand', () => {
  beforeEach(() => keep('one', at + HOUR));
  // The users are there since a moment ago.
  beforeEach(() => void (at += 2 * HOUR));

  it('gives a stretch of an agent whom they look after to somebody who may grade it', async () => {
    const given = await assign('one', { dueAt: new Date(at + 2 * DAY).toISOString() }, await api.logIn('sue'));
    expect(given.body).toMatchObject({
      agent: { username: 'ann', name: 'Ann' },
      evaluator: { username: 'sue' },
      assignedBy: { username: 'sue' },
      dueAt: new Date(at + 2 * DAY).toISOString(),
      state: 'open',
      revision: 1,
    });
    const { body } = await api.call('GET', '/api/v1/conversations/one/evaluations', { token });
    expect(body.assignments.map(({ id }: { id: string }) => id)).toEqual([given.body.id]);
    expect(
      body.evaluators.map(({ username, segments }: { username: string; segments: number[] }) => [username, segments]),
    ).toEqual(
      expect.arrayContaining([
        ['sue', [1, 2]],
        ['ted', [2]],
      ]),
    );
    expect((await assign('one', { evaluator: 'uma' })).body.code).toBe('ASSIGNMENT_EXISTS');
  });

  it('is told what cannot be: an agent as evaluator, another’s team, a day that is over, a form or stretch that is none', async () => {
    const ted = await api.logIn('ted');
    expect(await refusedPath({ evaluator: 'ann' })).toBe('evaluator');
    expect(await refusedPath({ evaluator: 'ted' })).toBe('evaluator');
    expect(await refusedPath({}, ted)).toBe('segment');
    expect(await refusedPath({ segment: 9 })).toBe('segment');
    expect(await refusedPath({ form: 'None' })).toBe('form');
    expect(await refusedPath({ dueAt: new Date(at - 1).toISOString() })).toBe('dueAt');
  });

  it('gives it to somebody else, and withdraws it; the later of two is told of the first', async () => {
    const { id } = (await assign('one', {})).body;
    const change = (revision: number, evaluator: string) =>
      api.call('PUT', `/api/v1/evaluation-assignments/${id}`, {
        token,
        body: { revision, evaluator, dueAt: new Date(at + DAY).toISOString() },
      });
    const both = await Promise.all([change(1, 'uma'), change(1, 'adam')]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('ASSIGNMENT_CHANGED');
    const withdrawn = await api.call('DELETE', `/api/v1/evaluation-assignments/${id}`, { token });
    expect(withdrawn.status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await change(3, 'uma')).body.code).toBe('ASSIGNMENT_SETTLED');
    expect((await list('state=withdrawn')).map((each) => each.id)).toEqual([id]);
    // Given out once more, it is open again.
    expect((await assign('one', { evaluator: 'uma' })).body).toMatchObject({ id, state: 'open', revision: 4 });
    const audit = await api.call('GET', '/api/v1/audit?limit=200', { token });
    const actions = audit.body.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['evaluation.assigned', 'evaluation.assignment-withdrawn']));
  });
});

describe('an evaluator', () => {
  beforeEach(async () => {
    const first = at + 2 * HOUR;
    for (const [index, id] of ['one', 'two', 'three'].entries()) await keep(id, first + index);
    at = first + DAY;
    for (const [index, id] of ['three', 'one', 'two'].entries())
      await assign(id, { dueAt: new Date(at + (index + 1) * DAY).toISOString() });
  });
  it('finds what they are to grade, due first, page by page', async () => {
    await assign('one', { segment: 2, evaluator: 'uma' });
    expect((await mine()).map(({ conversationId }) => conversationId)).toEqual(['three', 'one', 'two']);
    const sue = await api.logIn('sue');
    const url = '/api/v1/evaluation-assignments?evaluator=sue&limit=2';
    const first = await api.call('GET', url, { token: sue });
    const rest = await api.call('GET', `${url}&cursor=${first.body.next}`, { token: sue });
    const ids = [...first.body.items, ...rest.body.items].map((each: AssignmentView) => each.conversationId);
    expect([ids, rest.body.next]).toEqual([['three', 'one', 'two'], null]);
    expect(await list('limit=200', await api.logIn('ted'))).toMatchObject([{ agent: { username: 'bob' } }]);
    expect(await list('agent=ann', await api.logIn('ted'))).toEqual([]);
  });

  it('has done what they, or somebody else, has finished; a draft shows how far it is', async () => {
    const sue = await api.logIn('sue');
    const body = { segment: 1, form: FORM };
    await api.call('POST', '/api/v1/conversations/three/evaluations', { token: sue, body });
    expect((await mine())[0]?.evaluation).toMatchObject({ state: 'draft', evaluator: { username: 'sue' } });
    await grade('one', 1, token);
    expect((await mine()).map(({ conversationId }) => conversationId)).toEqual(['three', 'two']);
    expect(await mine('&state=done')).toMatchObject([{ conversationId: 'one', evaluation: { state: 'finished' } }]);
    expect((await assign('one', {})).body.code).toBe('EVALUATION_EXISTS');
  });

  it('has it done, too, where the process died that had finished it, and nothing left where the record is gone', async () => {
    const whole = api.deps.evaluationAssignments;
    api.deps.evaluationAssignments = { ...whole, settle: () => Promise.reject(new Error('killed')) };
    const sue = await api.logIn('sue');
    await grade('one', 1, sue).catch(() => undefined);
    expect((await mine()).map(({ conversationId }) => conversationId)).toEqual(['three', 'two']);
    api.deps.evaluationAssignments = whole;
    await api.db.collection('conversations').deleteOne({ _id: 'two' as never });
    await lookAt(at + HOUR);
    expect(await mine('&state=done')).toMatchObject([{ conversationId: 'one' }]);
    expect(await mine('&state=withdrawn')).toMatchObject([{ conversationId: 'two' }]);
  });

  it('is told nothing of a person who was erased', async () => {
    const { secrets, fileStore } = api.deps;
    const data = createCustomerData({ db: api.db, secrets, fileStore });
    expect((await data.export({ pageId: 'page-1', psid: 'ada' }))?.['evaluation-assignments']).toHaveLength(3);
    await data.erase({ pageId: 'page-1', psid: 'ada' });
    expect(await mine()).toEqual([]);
  });
});
