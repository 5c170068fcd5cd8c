import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A system of somebody else's that scenarios call: keeps what it was asked and answers as told. */
export interface AnsweringServer {
  readonly origin: string;
  readonly received: ReceivedRequest[];
  /** How it answers from now on; never, where the response is left open. */
  answer: (response: ServerResponse, request: ReceivedRequest) => void;
  stop(): void;
}

/** Starts one on a free port of this machine. */
export async function startAnsweringServer(): Promise<AnsweringServer> {
  const http = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      server.received.push(request);
      server.answer(response, request);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: AnsweringServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    received: [],
    answer: (response) => void response.end('{"order":17}'),
    stop() {
      http.close();
      http.closeAllConnections();
    },
  };
  return server;
}
