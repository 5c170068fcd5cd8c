import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { describe, expect, inject, it } from 'vitest';
import { playSplitFailure } from '../support/play-split-failure.ts';
import { playGuide } from '../support/play-guide.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilSent } from '../support/watch-customer.ts';

type History = proto.temporal.api.history.v1.IHistory;

const HistoryMessage = proto.temporal.api.history.v1.History;
const folder = path.join(import.meta.dirname, '..', 'replay');
const committed = await readdir(folder).then((files) => files.filter((file) => file.endsWith('.json')));

/** Asks the world three times in a row: each of them leads to a record, which is written beside the next. */
const QUESTIONS = `
attendant: 1
scenario: questions
blocks:
  one:
    business-hours: {}
    exits: { closed: two, failed: two }
  two:
    business-hours: {}
    exits: { closed: three, failed: three }
  three:
    business-hours: {}
    exits: { closed: hello, failed: hello }
  hello:
    send-message: { text: Hello, wait: { timeout: 1h } }
    exits: { timeout: end }
  end:
    exit: {}
`;

const stack = useActorStack();

function replay(history: unknown, workflowId: string): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { codePath: inject('workflowBundle') } }, history, workflowId);
}

describe('histories', () => {
  // One for each released state version: made by ATTENDANT_RECORD_HISTORIES=1 npx vitest run test/workflows/replay.test.ts
  it.each(committed)('of a released version replay: %s', async (file) => {
    const { workflowId, history } = await readCommitted(file);
    await replay(history, workflowId);
  });

  it('of the guide’s conversation through several runs, and of its dispatcher, replay', async () => {
    const workflowIds = await playGuide(stack, { continueAsNewAfterEvents: 40 });
    let replayed = 0;
    for (const workflowId of workflowIds) {
      for await (const { runId } of stack.client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
        const history = await stack.client.workflow.getHandle(workflowId, runId).fetchHistory();
        await replay(history, workflowId);
        replayed += 1;
        await record(`${workflowId.split(':')[0]}-${replayed}`, workflowId, history);
      }
    }
    expect(replayed).toBeGreaterThan(2);
  });

  it.each([
    { when: 'its first look-up takes longer than a workflow task', noun: 'customers', method: 'find', ms: 4000 },
    { when: 'its records take a while', noun: 'conversations', method: 'record', ms: 300 },
    { when: 'its records are given up as local activities', noun: 'conversations', method: 'record', ms: 1500 },
  ] as const)('of a conversation replays where $when', async ({ noun, method, ms }) => {
    const { pageId } = await seedPage(stack.store, { scenario: QUESTIONS });
    const customer = createCustomer(stack.client, pageId);
    const repository: Record<string, (...args: never[]) => Promise<unknown>> = stack.readModel[noun] as never;
    const real = repository[method]?.bind(repository) ?? (() => Promise.resolve());
    const delays = noun === 'customers' ? 1 : Infinity;
    let asked = 0;
    repository[method] = async (...args) => {
      asked += 1;
      if (asked <= delays) await new Promise((resolve) => setTimeout(resolve, ms));
      return real(...args);
    };
    try {
      await customer.say('hi');
      await untilSent(stack, customer, 'Hello');
      await until('all of it is recorded', async () => (await latestRecord(stack, customer))?.block === 'hello');
    } finally {
      repository[method] = real;
    }
    const history = await stack.client.workflow.getHandle(customer.workflowId).fetchHistory();
    await replay(history, customer.workflowId);
  });

  it('of a text whose first part fails replay', async () => {
    const { workflowId } = await playSplitFailure(stack);
    const history = await stack.client.workflow.getHandle(workflowId).fetchHistory();
    await replay(history, workflowId);
    await record('split', workflowId, history);
  });
});

/** Keeps a history as one of this release, where that is asked for. */
async function record(name: string, workflowId: string, history: History): Promise<void> {
  if (process.env['ATTENDANT_RECORD_HISTORIES'] !== '1') return;
  const encoded = Buffer.from(HistoryMessage.encode(history).finish()).toString('base64');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `state-1-${name}.json`), `${JSON.stringify({ workflowId, history: encoded })}\n`);
}

async function readCommitted(file: string): Promise<{ workflowId: string; history: History }> {
  const { workflowId, history } = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
  return { workflowId, history: HistoryMessage.decode(Buffer.from(history, 'base64')) };
}
