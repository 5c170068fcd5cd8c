import { Client, Connection } from '@temporalio/client';
import { startFloor0 } from '../floors/start-floor0.ts';
import { startFloor1 } from '../floors/start-floor1.ts';
import { startGraphServer } from '../load/graph-server.ts';
import { createTurnBook, type TurnBook } from '../load/turn-book.ts';
import { createWebhookClient, type WebhookClient } from '../load/webhook-client.ts';
import type { BenchOptions } from '../options.ts';
import { startProduct, type Product } from './start-product.ts';
import { startServers, type BenchServers } from './start-servers.ts';
import type { Subject } from './subject.ts';

/** Servers, driver and product of one run. */
export interface BenchStack {
  servers: BenchServers;
  client: Client;
  book: TurnBook;
  webhook: WebhookClient;
  graphUrl: string;
  product: Product;
  /** Starts both floors; they end with the stack. */
  startFloors: () => Promise<{ floor0: Subject; floor1: Subject }>;
  stop: () => Promise<void>;
}

/** Starts what a benchmark through the product needs. Whatever was started is stopped, also where a later start fails. */
export async function startBenchStack(options: BenchOptions, log: (line: string) => void): Promise<BenchStack> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.splice(0).toReversed()) await stopOne();
  };
  try {
    const servers = await startServers(log);
    stops.push(servers.stop);
    const connection = await Connection.connect({ address: servers.temporalAddress });
    stops.push(() => connection.close());
    const client = new Client({ connection });
    const book = createTurnBook();
    const graph = await startGraphServer((text) => book.arrive(text));
    stops.push(graph.close);
    const webhook = createWebhookClient(Math.max(64, options.conversations));
    stops.push(async () => webhook.close());
    log('starting our api and worker');
    const product = await startProduct(servers, { graphUrl: graph.url, profileDir: options.profileDir });
    stops.push(product.stop);
    const startFloors = async (): Promise<{ floor0: Subject; floor1: Subject }> => {
      log('starting the floors');
      const floor0 = await startFloor0(servers, { client, book });
      stops.push(() => floor0.stop());
      const floor1 = await startFloor1(servers, { client, webhook, graphUrl: graph.url, wake: options.floorWake });
      stops.push(() => floor1.stop());
      return { floor0, floor1 };
    };
    return { servers, client, book, webhook, graphUrl: graph.url, product, startFloors, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
