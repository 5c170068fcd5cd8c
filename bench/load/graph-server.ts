import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** The smallest Graph API: accepts every message, tells its text, knows every customer. */
export interface GraphServer {
  url: string;
  close: () => Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. `onMessage` gets the text of a message once all of it has arrived. */
export async function startGraphServer(onMessage: (text: string) => void): Promise<GraphServer> {
  let lastMid = 0;
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      response.setHeader('content-type', 'application/json');
      if (request.method !== 'POST') return response.end('{"first_name":"Ada","last_name":"Lovelace"}');
      lastMid += 1;
      const { recipient, message } = JSON.parse(body);
      if (typeof message?.text === 'string') onMessage(message.text);
      return response.end(JSON.stringify({ recipient_id: recipient?.id, message_id: `m_bench-reply-${lastMid}` }));
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
