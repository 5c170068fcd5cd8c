import type { AddressInfo } from 'node:net';
import { buildSimulator } from '../../dev/simulator/build-simulator.ts';
import { createEmptyJournal } from '../../dev/simulator/journal.ts';

/** A simulator on a port of its own, in this process. */
export interface StartedSimulator {
  url: string;
  control: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<void>;
  stop: () => Promise<void>;
}

export async function startSimulator(): Promise<StartedSimulator> {
  const app = buildSimulator({ opened: createEmptyJournal(), post: async () => 200 });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async control(method, path, body) {
      const answer = await app.inject({
        method,
        url: `/simulator/${path}`,
        ...(body !== undefined && { payload: body }),
      });
      if (answer.statusCode >= 300) throw new Error(`simulator: ${answer.body}`);
    },
    stop: () => app.close(),
  };
}
