import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEventView } from '../../contracts/history-event-schema.ts';
import { openLiveDesk, type LiveDesk } from '../support/live-desk.ts';
import { startRunningStack, type ProcessName, type RunningStack, unique } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage, type SimulatedPage } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

const SCENARIO = `
attendant: 1
scenario: many
blocks:
  hello:
    send-message: { text: "Somebody will be with you" }
  find:
    find-agent: { timeout: 10m }
    exits: { no-agents: closed, timeout: closed, queue-limit: closed }
  talk:
    connect-chat: { noAnswer: 60s }
    exits: { no-answer: find, target-disconnected: rating }
  rating:
    request-input: { text: "How content are you?", type: rating, into: survey.cs, timeout: 5m }
    exits: { timeout: end, invalid: end, send-error: end }
  save:
    save-survey-response: { cs: "$(survey.cs)" }
  thanks:
    send-message: { text: "Thank you" }
  end:
    exit: {}
  closed:
    send-message: { text: "Nobody is here" }
  closed-end:
    exit: {}
`;
const PASSWORD = 'correct-horse-battery';

let stack: RunningStack;
const open: LiveDesk[] = [];

beforeAll(async () => {
  stack = await startRunningStack();
});

afterEach(() => {
  for (const desk of open.splice(0)) desk.close();
});

afterAll(() => stack.remove());

interface House extends SimulatedPage {
  back: string;
  desks: Record<'ann' | 'ben' | 'cleo' | 'dana', LiveDesk>;
}

/** A Page with two services: ann and ben serve at the front, cleo at the back; dana supervises. All have a socket and are ready. */
async function createHouse(): Promise<House> {
  const page = await createSimulatedPage(stack, { scenario: SCENARIO });
  const [front, back] = [page.pageId, unique('back')];
  const skill = `${front}-skill`;
  const people = {
    ann: { role: 'agent', skills: { [skill]: 50 } },
    ben: { role: 'agent', skills: { [skill]: 40 } },
    cleo: { role: 'agent', skills: { [back]: 50 } },
    dana: { role: 'supervisor', skills: { other: 1 } },
  } as const;
  const named = Object.entries(people).map(([name, user]) => ({ name, username: unique(name), ...user }));
  const applied = await stack.call('POST', '/api/v1/configuration/apply', {
    body: {
      documents: [
        {
          kind: 'service',
          name: front,
          skills: [skill],
          group: front,
          wrapUp: { timeout: '5m', required: true },
          dispositions: [{ name: 'Refund' }, { name: 'Complaint', folder: 'Bad' }],
        },
        { kind: 'service', name: back, skills: [back], group: front },
        ...named.map(({ username, role, skills }) => ({
          kind: 'user',
          username,
          role,
          skills,
          slots: 2,
          password: PASSWORD,
        })),
      ],
    },
  });
  expect(applied.body.problems ?? []).toEqual([]);
  expect(applied.status).toBe(200);
  const desks = await Promise.all(
    named.map(async ({ name, username }) => {
      const { body } = await stack.call('POST', '/api/v1/session', { body: { username, password: PASSWORD } });
      const desk = openLiveDesk(stack, { username, token: body.token });
      open.push(desk);
      return [name, desk] as const;
    }),
  );
  return { ...page, back, desks: Object.fromEntries(desks) as House['desks'] };
}

async function listEvents(conversationId: string): Promise<ConversationEventView[]> {
  return (await stack.call('GET', `/api/v1/conversations/${conversationId}/events?limit=200`)).body.items;
}

/** The history as a person reads it: who did what when, in whose stretch; then the stretches. */
function print(events: ConversationEventView[], segments: unknown[]): void {
  const lines = events.map(({ at, type, actor, data, segment }) => {
    const who = `${actor.kind} ${actor.name ?? ''}`.padEnd(24);
    return `${at.slice(11, 23)} ${type.padEnd(16)} ${who} ${segment?.number ?? ' '} ${JSON.stringify(data).slice(0, 100)}`;
  });
  process.stderr.write([...lines, ...segments.map((segment) => JSON.stringify(segment)), ''].join('\n'));
}

/** Moments of the walk, and what may die at each. */
type Kills = Partial<Record<'offered' | 'consulting' | 'transferring' | 'conference', ProcessName>>;

async function walk(kills: Kills): Promise<void> {
  const dead: [ProcessName, number][] = [];
  const at = async (moment: keyof Kills): Promise<void> => {
    const name = kills[moment];
    if (name) dead.push([name, await stack.kill(name)]);
  };
  const house = await createHouse();
  const { ann, ben, cleo, dana } = house.desks;
  // Logged in, so that there is somebody to wait for.
  for (const desk of [ann, ben, cleo]) await desk.setState('not-ready');
  const customer = await createSimulatedCustomer(stack, house);
  await customer.say('Hello');
  await customer.untilReceived('Somebody will be with you');
  // Queued until somebody is ready; who rejects is passed over.
  await ann.setState('ready');
  const refused = await ann.untilOffered();
  await at('offered');
  const { conversationId } = refused;
  await ann.command(conversationId, 'reject', { offerId: refused.offerId, reason: 'lunch' });
  await ben.setState('ready');
  await ben.acceptNext();
  await ben.command(conversationId, 'messages', { text: 'This is Ben' });
  await customer.untilReceived('This is Ben', 90_000);

  // Consultation: the customer never sees it.
  await cleo.setState('ready');
  await ben.command(conversationId, 'invite', { kind: 'consult', to: { agent: cleo.username }, message: 'a refund?' });
  await cleo.acceptNext('consult');
  await at('consulting');
  await cleo.command(conversationId, 'inner-messages', { text: 'Not without the invoice' });
  expect(await cleo.tryCommand(conversationId, 'messages', { text: 'to the customer' })).toBe(403);
  await ben.command(conversationId, 'finish-consult', { outcome: 'return' });

  // Transfer to a service: Ben stays until Cleo has accepted.
  await ben.command(conversationId, 'invite', { kind: 'transfer', to: { service: house.back }, message: 'yours' });
  await cleo.untilOffered('transfer');
  await ben.command(conversationId, 'messages', { text: 'A colleague takes over' });
  await at('transferring');
  await cleo.acceptNext('transfer');
  await customer.untilReceived('A colleague takes over', 90_000);
  expect(await ben.tryCommand(conversationId, 'messages', { text: 'still me' })).toBe(403);

  // A conference of three, then all leave but the last one, who ends it.
  await ann.setState('ready');
  await cleo.command(conversationId, 'invite', { kind: 'conference', to: { agent: ann.username } });
  await ann.acceptNext('conference');
  await dana.command(conversationId, 'supervise', { mode: 'join' });
  await at('conference');
  for (const desk of [cleo, ann, dana])
    await desk.command(conversationId, 'messages', { text: `I am ${desk.username}` });
  for (const desk of [cleo, ann, dana]) await customer.untilReceived(`I am ${desk.username}`, 90_000);
  await cleo.command(conversationId, 'leave');
  await dana.command(conversationId, 'leave');
  await ann.command(conversationId, 'leave');

  // The survey goes on beside the wrap-up, which asks for a disposition.
  await customer.untilReceived('How content are you?', 90_000);
  const wrapUp = (body: object): Promise<number> => ann.tryCommand(conversationId, 'wrap-up', body);
  expect(await wrapUp({ note: 'no disposition' })).toBe(400);
  expect(await wrapUp({ disposition: 'Refund', note: 'sent' })).toBe(200);
  await customer.say('5');
  await customer.untilReceived('Thank you', 90_000);
  const ended = await until(
    'the end',
    async () => {
      const { body } = await stack.call('GET', `/api/v1/conversations/${conversationId}`).catch(() => ({ body: {} }));
      return body.state === 'ended' ? body : undefined;
    },
    90_000,
  );
  for (const [name, pid] of dead) await stack.untilRestarted(name, pid);

  const events = await until('the end in the history', async () => {
    const found = await listEvents(conversationId);
    return found.at(-1)?.type === 'ended' ? found : undefined;
  });
  print(events, ended.segments);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
  const path = events.flatMap(({ type, data }) => {
    const { agent, as, to } = data as { agent?: string; as?: string; to?: string };
    if (type === 'rejected' || type === 'connected' || type === 'left') return [`${type} ${agent}`];
    if (type === 'joined') return [`${agent} as ${as}`];
    if (type === 'transferred') return [`transferred to ${to}`];
    return ['survey', 'ended'].includes(type) ? [type] : [];
  });
  expect(path).toEqual([
    `rejected ${ann.username}`,
    `connected ${ben.username}`,
    `${cleo.username} as consulted`,
    `left ${cleo.username}`,
    `left ${ben.username}`,
    `transferred to ${cleo.username}`,
    `connected ${cleo.username}`,
    `connected ${ann.username}`,
    `${ann.username} as member`,
    `connected ${dana.username}`,
    `${dana.username} as member`,
    `left ${cleo.username}`,
    `transferred to ${ann.username}`,
    `left ${dana.username}`,
    `left ${ann.username}`,
    'survey',
    'ended',
  ]);
  expect(ended.segments.map(({ agent }: { agent: string }) => agent)).toEqual(
    [ben, cleo, ann, dana].map(({ username }) => username),
  );
  for (const { from, to } of ended.segments) expect(Date.parse(to)).toBeGreaterThan(Date.parse(from));
  // One conversation to the customer, every word once, and nothing of what was said inside.
  expect(await customer.received()).toEqual([
    'Somebody will be with you',
    'This is Ben',
    'A colleague takes over',
    ...[cleo, ann, dana].map(({ username }) => `I am ${username}`),
    expect.stringContaining('How content are you?'),
    'Thank you',
  ]);
}

describe('a chat of several people, by HTTP and sockets alone', () => {
  it('goes through the hands of four, is wrapped up and surveyed, and its history tells all of it', () => walk({}));

  it('does the same with the worker, the api and Temporal killed on the way', () =>
    walk({ offered: 'worker', consulting: 'api', transferring: 'temporal', conference: 'worker' }));
});
