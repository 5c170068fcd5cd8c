import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallLog } from './call-log.ts';

const LONGEST_ANSWER = 32_000;

interface LogDeps {
  log: CallLog;
  now: () => number;
}

/** Notes every call to the Graph API of the scope with its answer, or that it got none. */
export function logGraphCalls(app: FastifyInstance, { log, now }: LogDeps): void {
  const answers = new WeakMap<FastifyRequest, string>();
  const ends = new WeakMap<FastifyRequest, (status?: number) => void>();
  app.addHook('preValidation', async (request, reply) => {
    const begunAt = performance.now();
    const { id: pageId } = request.params as { id?: string };
    const end = log.begin({
      at: now(),
      direction: 'graph',
      pageId,
      method: request.method,
      path: request.url.split('?')[0] ?? '',
      body: shownBody(request.body),
    });
    ends.set(request, (status) => {
      ends.delete(request);
      end({ status, answer: answers.get(request), ms: Math.round(performance.now() - begunAt) });
    });
    // Still open when the connection closes: it was cut.
    reply.raw.once('close', () => ends.get(request)?.());
  });
  app.addHook('onResponse', async (request, reply) => ends.get(request)?.(reply.statusCode));
  app.addHook('onSend', async (request, _reply, payload) => {
    if (typeof payload === 'string') answers.set(request, payload.slice(0, LONGEST_ANSWER));
  });
}

function shownBody(body: unknown): object | undefined {
  if (Buffer.isBuffer(body)) return { form: `${body.length} bytes` };
  return typeof body === 'object' && body !== null ? body : undefined;
}
