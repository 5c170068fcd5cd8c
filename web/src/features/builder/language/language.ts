import type { Language } from './handlers-thread.ts';

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** A thread with the language in it. `close` ends it; what was asked is not answered then. */
export interface LanguageThread {
  language: Language;
  close(): void;
}

/** Starts a thread. Checks take long on a large scenario: they get one of their own, so that no edit waits for them. */
export function startLanguage(): LanguageThread {
  const worker = new Worker(new URL('language-thread.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data: { id, value, error } }: MessageEvent<Answer>) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  });
  const ask = (name: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, name, args }, []);
    });
  const language = new Proxy(
    {},
    {
      get:
        (_target, name) =>
        (...args: unknown[]) =>
          ask(String(name), args),
    },
  ) as Language;
  return { language, close: () => worker.terminate() };
}
