import type { FastifyInstance } from 'fastify';
import { cutByteRange } from '../../adapters/files/byte-range.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { plainName, typeOfName, type SimulatedFiles } from './simulated-files.ts';

export interface FileDeps {
  files: SimulatedFiles;
  newId: () => string;
}

interface OfFile {
  Params: { id: string; name: string };
  Headers: { range?: string };
}
interface NewFile {
  Querystring: { name?: string };
}

/** Files as Messenger's own servers give them: a customer's phone puts one here, and the event holds its address. */
export function registerFileRoutes(app: FastifyInstance, { files, newId }: FileDeps): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MESSENGER_LIMITS.attachmentBytes },
    (_request, body, done) => done(null, body),
  );
  app.post<NewFile>('/simulator/files', async ({ query, body, socket }, reply) => {
    if (!Buffer.isBuffer(body) || body.length === 0) {
      return reply.status(400).send({ code: 'REQUEST_INVALID', message: 'The file is empty.', details: [] });
    }
    const id = newId();
    await files.put(id, body);
    return reply.status(201).send({ url: addressOf(socket.localPort, id, query.name ?? 'file') });
  });
  app.get<OfFile>('/simulator/files/:id/:name', async ({ params, headers }, reply) => {
    const bytes = /^[\w-]+$/.test(params.id) ? await files.find(params.id) : undefined;
    if (bytes === undefined)
      return reply.status(404).send({ code: 'NOT_FOUND', message: 'No such file.', details: [] });
    void reply.headers({
      'content-type': typeOfName(params.name),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=86400, immutable',
    });
    const given = cutByteRange(bytes, headers.range);
    return reply.status(given.status).headers(given.headers).send(given.bytes);
  });
}

/** Where a file is found; the host is the one that the simulator listens on. */
export function addressOf(port: number | undefined, id: string, name: string): string {
  return `http://127.0.0.1:${port ?? 80}/simulator/files/${id}/${plainName(name)}`;
}
