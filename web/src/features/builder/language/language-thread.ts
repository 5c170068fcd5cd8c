/** The language in a thread of its own: reading and checking a large scenario must not hold up the page. */
import { z } from 'zod';
import { handlers } from './handlers-thread.ts';

// Without it zod tries whether it may make code from text, which the page's policy forbids.
z.config({ jitless: true });

interface Call {
  id: number;
  name: keyof typeof handlers;
  args: unknown[];
}

globalThis.addEventListener('message', ({ data }: MessageEvent<Call>) => {
  const { id, name, args } = data;
  try {
    const handler = handlers[name] as (...given: unknown[]) => unknown;
    globalThis.postMessage({ id, value: handler(...args) }, {});
  } catch (error) {
    globalThis.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, {});
  }
});
