import { Transform, type TransformCallback } from 'node:stream';
import { AppError } from '../contracts/app-error.ts';
import type { App } from './zod-provider.ts';

const SMALL_BODY_BYTES = 64 * 1024;

/** Bytes of bodies in flight that nobody has vouched for yet, per process. */
const bodyBudgets = {
  /** Of bodies that say they have at most 64 KiB: large ones cannot keep them out. */
  smallBytes: 32 * 1024 * 1024,
  /** Of larger ones, and of those that do not say. */
  largeBytes: 64 * 1024 * 1024,
};

interface Budget {
  maxBytes: number;
  heldBytes: number;
}

/**
 * Bounds what bodies of public routes hold in memory until their answer has left: one that would go over the budget is
 * refused with SERVICE_UNAVAILABLE, so that Messenger sends it again. What has come counts, not what was announced.
 */
export function boundBodies(app: App, budgets = bodyBudgets): void {
  const small: Budget = { maxBytes: budgets.smallBytes, heldBytes: 0 };
  const large: Budget = { maxBytes: budgets.largeBytes, heldBytes: 0 };
  app.addHook('preParsing', async (request, reply, payload) => {
    if (request.routeOptions.config.access !== 'public') return payload;
    const announced = Number(request.headers['content-length'] ?? Number.NaN);
    const counter = new BodyCounter(announced <= SMALL_BODY_BYTES ? small : large);
    // What has not come yet is not read: the connection ends with the answer.
    counter.once('error', () => void reply.header('connection', 'close'));
    reply.raw.once('close', () => counter.release());
    payload.once('error', (error) => counter.destroy(error));
    return payload.pipe(counter);
  });
}

class BodyCounter extends Transform {
  /** What Fastify compares with the announced length. */
  receivedEncodedLength = 0;
  readonly #budget: Budget;

  constructor(budget: Budget) {
    super();
    this.#budget = budget;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#budget.heldBytes + chunk.length > this.#budget.maxBytes) {
      done(new AppError('SERVICE_UNAVAILABLE', { message: 'Too many large bodies at once. Send it again.' }));
      return;
    }
    this.#budget.heldBytes += chunk.length;
    this.receivedEncodedLength += chunk.length;
    done(null, chunk);
  }

  release(): void {
    this.#budget.heldBytes -= this.receivedEncodedLength;
    this.receivedEncodedLength = 0;
  }
}
