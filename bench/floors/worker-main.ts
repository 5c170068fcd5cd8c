/** A floor's worker process: F0 tells its driver over IPC, F1 calls Graph and writes one row to MongoDB. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { MongoClient } from 'mongodb';
import { FLOOR_QUEUES, type FloorActivities } from './floor-message.ts';
import { readFloorSettings, type FloorSettings } from './floor-settings.ts';

const settings = readFloorSettings();
Runtime.install({ shutdownSignals: [] });
const mongo = settings.floor === 'floor1' ? await new MongoClient(settings.mongoUri).connect() : undefined;
const connection = await NativeConnection.connect({ address: settings.temporalAddress });
const worker = await Worker.create({
  connection,
  namespace: 'default',
  taskQueue: FLOOR_QUEUES[settings.floor],
  workflowsPath: fileURLToPath(new URL('./floor-workflow.ts', import.meta.url)),
  activities: mongo ? callingActivities(settings, mongo) : tellingActivities(),
  // The product's settings (worker/create-worker.ts): a floor must not win or lose by them.
  maxConcurrentWorkflowTaskExecutions: 200,
  maxConcurrentActivityTaskExecutions: 200,
  maxConcurrentLocalActivityExecutions: 200,
  stickyQueueScheduleToStartTimeout: '1s',
});

function tellingActivities(): FloorActivities {
  return {
    async reply({ text }) {
      process.send?.({ type: 'arrived', text });
    },
  };
}

/** Row and call go out at once: no product can do with less. */
function callingActivities({ graphMessagesUrl }: FloorSettings, client: MongoClient): FloorActivities {
  const rows = client.db().collection<{ _id: string }>('messages');
  return {
    async reply({ psid, mid, at, text }) {
      const row = { psid, direction: 'in', author: { kind: 'customer' }, at: new Date(at), text, mid };
      const body = {
        recipient: { id: psid },
        messaging_type: 'RESPONSE',
        message: { text: `got ${text}`, metadata: mid },
      };
      const [response] = await Promise.all([
        fetch(graphMessagesUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        rows.updateOne({ _id: mid }, { $setOnInsert: row }, { upsert: true }),
      ]);
      await response.json();
    },
  };
}

const running = worker.run();
process.once('SIGTERM', () => worker.shutdown());
process.once('disconnect', () => worker.shutdown());
process.send?.({ type: 'ready' });
await running;
await Promise.allSettled([connection.close(), mongo?.close()]);
process.exit(0);
