/** F1's webhook process: checks the signature over the raw body, reads the JSON and signals the workflow. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import Fastify from 'fastify';
import { FLOOR_QUEUES, FLOOR_WORKFLOW, floorMessageSignal, type FloorMessage } from './floor-message.ts';
import { readFloorSettings } from './floor-settings.ts';

interface Body {
  entry: { messaging: { sender: { id: string }; timestamp: number; message: { mid: string; text: string } }[] }[];
}

const settings = readFloorSettings();
const taskQueue = FLOOR_QUEUES[settings.floor];
const connection = await Connection.connect({ address: settings.temporalAddress });
const { workflow } = new Client({ connection });
const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

app.post('/webhook', async (request, reply) => {
  const rawBody = request.body as Buffer;
  const given = Buffer.from(String(request.headers['x-hub-signature-256']).slice('sha256='.length), 'hex');
  const expected = createHmac('sha256', settings.appSecret).update(rawBody).digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return reply.code(403).send('refused');
  const { entry } = JSON.parse(rawBody.toString('utf8')) as Body;
  for (const { messaging } of entry) {
    for (const { sender, timestamp, message } of messaging) {
      await wake({ psid: sender.id, at: timestamp, ...message });
    }
  }
  return 'EVENT_RECEIVED';
});

async function wake(message: FloorMessage): Promise<void> {
  const workflowId = `${settings.floor}:${message.psid}`;
  if (settings.wake === 'signal') return workflow.getHandle(workflowId).signal(floorMessageSignal, message);
  await workflow.signalWithStart(FLOOR_WORKFLOW, {
    workflowId,
    taskQueue,
    signal: floorMessageSignal,
    signalArgs: [message],
  });
}

await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
const stop = (): void => void app.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.send?.({ type: 'ready', port: typeof address === 'object' ? address?.port : undefined });
