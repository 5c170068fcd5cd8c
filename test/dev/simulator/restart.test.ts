import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphClient, type SendOutcome } from '../../../adapters/messenger/graph-client.ts';
import { openFileJournal } from '../../../dev/simulator/journal.ts';
import { createFixture, PAGE, PSID, type SimulatorFixture } from './simulator-fixture.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-simulator-'));
  file = path.join(folder, 'journal.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

async function startOnFile(): Promise<SimulatorFixture> {
  return createFixture(await openFileJournal(file));
}

describe('a simulator started again', () => {
  it('goes on with its Pages, threads, customers and sends', async () => {
    const first = await startOnFile();
    await first.control('POST', 'pages', PAGE);
    await first.control('POST', `pages/${PAGE.pageId}/customers`, { name: 'Ada' });
    await first.control('POST', `customers/${PSID}/messages`, { pageId: PAGE.pageId, text: 'Hi' });
    await first.send({ text: 'Hello', metadata: 'part-1' });
    const paths = ['pages', 'sends', 'pages/100/customers', 'pages/100/customers/200/messages'];
    await first.untilPosted(3);
    await expect.poll(async () => (await first.control('GET', 'pages')).body.items[0].waitingEvents).toBe(0);
    const before = await Promise.all(paths.map((each) => first.control('GET', each)));
    await first.app.close();
    const second = await startOnFile();
    const after = await Promise.all(paths.map((each) => second.control('GET', each)));
    expect(after.map(({ body }) => body.items.length)).toEqual([1, 1, 1, 2]);
    expect(after.slice(1)).toEqual(before.slice(1));
    await second.app.close();
  });

  it('sends what was not taken before, and nothing that was', async () => {
    const first = await startOnFile();
    await first.control('POST', 'pages', PAGE);
    first.statuses.push(200, 503);
    for (const text of ['taken', 'not taken']) {
      await first.control('POST', `customers/${PSID}/messages`, { pageId: PAGE.pageId, text });
    }
    await first.untilWaiting(1);
    await first.app.close();
    const second = await startOnFile();
    await second.untilPosted(1);
    await second.app.close();
    const messages = second.webhooks.map(({ json }) => json.entry[0]?.messaging[0]?.['message']);
    expect(messages).toMatchObject([{ text: 'not taken' }]);
  });

  it('forgets a line that was torn by a kill', async () => {
    const first = await startOnFile();
    await first.control('POST', 'pages', PAGE);
    await first.app.close();
    await appendFile(file, '{"type":"mess');
    const second = await startOnFile();
    await second.control('POST', `customers/${PSID}/messages`, { pageId: PAGE.pageId, text: 'Hi' });
    await second.app.close();
    expect((await openFileJournal(file)).records.map((record) => record.type)).toContain('message');
  });
});

describe('over the network', () => {
  const credentials = { pageId: PAGE.pageId, pageToken: PAGE.pageToken, appSecret: PAGE.appSecret };
  const message = { ...credentials, psid: PSID, text: 'Hello', quickReplies: [], partId: 'part-1' };

  async function sendWithFault(fault: object | undefined): Promise<{ outcome: SendOutcome; sends: object[] }> {
    const simulator = await createFixture();
    await simulator.control('POST', 'pages', PAGE);
    if (fault !== undefined) await simulator.control('POST', 'faults', fault);
    const graphUrl = await simulator.app.listen({ port: 0, host: '127.0.0.1' });
    const client = createGraphClient({ graphUrl, graphVersion: 'v26.0', timeoutMs: 5000 });
    const sending = client.sendMessage(message);
    if (fault !== undefined && 'delayMs' in fault) {
      await simulator.untilWaiting(1);
      simulator.release();
    }
    const outcome = await sending;
    const { body } = await simulator.control('GET', 'sends');
    await simulator.app.close();
    return { outcome, sends: body.items };
  }

  it('the Graph client and the simulator understand each other', async () => {
    const { outcome, sends } = await sendWithFault(undefined);
    expect(outcome).toMatchObject({ outcome: 'accepted', recipientId: PSID });
    expect(sends).toMatchObject([{ status: 'accepted', metadata: 'part-1' }]);
  });

  it.each([
    ['timeout-after-accept', { kind: 'timeout-after-accept', delayMs: 60_000 }, 'accepted'],
    ['reset-after-accept', { kind: 'reset-after-accept' }, 'accepted'],
    ['reset-before-accept', { kind: 'reset-before-accept' }, 'dropped'],
  ])('%s leaves the caller in doubt', async (_kind, fault, status) => {
    const { outcome, sends } = await sendWithFault(fault);
    expect(outcome.outcome).toBe('ambiguous');
    expect(sends).toMatchObject([{ status }]);
  });
});
