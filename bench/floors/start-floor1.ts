import type { Client } from '@temporalio/client';
import path from 'node:path';
import { appSecretProof } from '../../adapters/messenger/signature.ts';
import { messagingEvent, webhookBody, type WebhookClient } from '../load/webhook-client.ts';
import type { FloorWake } from '../options.ts';
import { environmentWithoutServers, type BenchServers } from '../stack/start-servers.ts';
import { startProgram } from '../stack/start-program.ts';
import type { Subject } from '../stack/subject.ts';
import { FLOOR_QUEUES, FLOOR_WORKFLOW } from './floor-message.ts';
import type { FloorSettings } from './floor-settings.ts';

const PAGE_ID = 'page-of-floor-1';
const APP_SECRET = 'secret-of-floor-1';
const PAGE_TOKEN = 'token-of-floor-1';

/** Starts F1: webhook process and worker process, as ours has them. */
export async function startFloor1(
  servers: BenchServers,
  using: { client: Client; webhook: WebhookClient; graphUrl: string; wake: FloorWake },
): Promise<Subject> {
  const { client, webhook, graphUrl, wake } = using;
  const proof = appSecretProof(PAGE_TOKEN, APP_SECRET);
  const settings: FloorSettings = {
    floor: 'floor1',
    temporalAddress: servers.temporalAddress,
    mongoUri: servers.mongoUri.replace(/[^/]*$/, 'bench-floor-1'),
    graphMessagesUrl: `${graphUrl}/v26.0/${PAGE_ID}/messages?access_token=${PAGE_TOKEN}&appsecret_proof=${proof}`,
    appSecret: APP_SECRET,
    wake,
  };
  const program = {
    env: { ...environmentWithoutServers(), BENCH_FLOOR: JSON.stringify(settings) },
    logDir: path.join(servers.dataDir, 'logs'),
  };
  const worker = await startProgram({ ...program, name: 'floor1-worker', file: 'bench/floors/worker-main.ts' });
  const api = await startProgram({ ...program, name: 'floor1-api', file: 'bench/floors/webhook-main.ts' });
  const target = { port: api.port ?? 0, path: '/webhook', appSecret: APP_SECRET };
  return {
    name: 'floor1',
    pids: { api: api.pid, worker: worker.pid },
    async open(psid) {
      const workflowId = `floor1:${psid}`;
      await client.workflow.start(FLOOR_WORKFLOW, { workflowId, taskQueue: FLOOR_QUEUES.floor1 });
      return { psid, workflowId };
    },
    async say({ psid }, text) {
      const status = await webhook.post(target, webhookBody(PAGE_ID, [messagingEvent(PAGE_ID, psid, text)]));
      if (status !== 200) throw new Error(`F1's webhook answered ${status}`);
    },
    async stop() {
      await api.stop();
      await worker.stop();
    },
  };
}
