import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { TurnBook } from '../load/turn-book.ts';
import { environmentWithoutServers, type BenchServers } from '../stack/start-servers.ts';
import { startProgram } from '../stack/start-program.ts';
import type { Subject } from '../stack/subject.ts';
import { FLOOR_QUEUES, FLOOR_WORKFLOW, floorMessageSignal } from './floor-message.ts';
import type { FloorSettings } from './floor-settings.ts';

/** Starts F0: one worker process; its driver signals the workflow and hears of the activity over IPC. */
export async function startFloor0(
  servers: BenchServers,
  { client, book }: { client: Client; book: TurnBook },
): Promise<Subject> {
  const settings: FloorSettings = {
    floor: 'floor0',
    temporalAddress: servers.temporalAddress,
    mongoUri: servers.mongoUri,
    graphMessagesUrl: '',
    appSecret: '',
    wake: 'signal',
  };
  const worker = await startProgram({
    name: 'floor0-worker',
    file: 'bench/floors/worker-main.ts',
    env: { ...environmentWithoutServers(), BENCH_FLOOR: JSON.stringify(settings) },
    logDir: path.join(servers.dataDir, 'logs'),
    onMessage: (message) => book.arrive(String(Object(message).text)),
  });
  return {
    name: 'floor0',
    pids: { worker: worker.pid },
    async open(psid) {
      const workflowId = `floor0:${psid}`;
      await client.workflow.start(FLOOR_WORKFLOW, { workflowId, taskQueue: FLOOR_QUEUES.floor0 });
      return { psid, workflowId };
    },
    async say({ psid, workflowId }, text) {
      const message = { psid, mid: `m_bench-${randomUUID()}-AbCdEfGhIjKlMnOpQrSt`, at: Date.now(), text };
      await client.workflow.getHandle(workflowId).signal(floorMessageSignal, message);
    },
    stop: () => worker.stop(),
  };
}
