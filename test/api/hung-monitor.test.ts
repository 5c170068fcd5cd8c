import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { mendHungMonitor } from '../../adapters/mongo/mend-hung-monitor.ts';
import { until } from '../support/until.ts';

const client = new MongoClient(inject('mongoUri'), { heartbeatFrequencyMS: 500, connectTimeoutMS: 500 });
afterAll(() => client.close());

/** The driver's monitor, as far as it is broken here. */
interface Internals {
  topology: { s: { servers: Map<string, { monitor: { connection: { command: () => Promise<unknown> } | null } }> } };
}

describe('a driver whose monitor never hears of its heartbeat again', () => {
  it('is connected anew, so that it finds the server, and its calls go on', async () => {
    await client.connect();
    let heard = 0;
    let beats = 0;
    client.on('serverHeartbeatSucceeded', () => (beats += 1));
    mendHungMonitor(client, { ms: 1500, awaitedMs: 3000 }, () => (heard += 1));
    const { topology } = client as unknown as Internals;
    const [server] = topology.s.servers.values();
    const connection = await until('the monitor to be connected', () => server?.monitor.connection ?? undefined);
    // As a command that was written to a socket between its end and the news of it.
    connection.command = () => new Promise(() => undefined);
    await until('the heartbeat to count as lost', () => heard === 1);
    const before = beats;
    await until('the next heartbeats', () => beats >= before + 2);
    expect((client as unknown as Internals).topology).not.toBe(topology);
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect(heard).toBe(1);
  });
});
