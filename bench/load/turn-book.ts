/** Messages under way, by the token that a message carries in its text and its reply repeats. */
export interface TurnBook {
  /** Makes a message's text and a promise of the moment its reply arrived (`performance.now()`); undefined: too late. */
  begin(withinMs: number): { text: string; replied: Promise<number | undefined> };
  /** Tells that a reply has arrived. */
  arrive(replyText: string): void;
  /** Replies that nobody waited for: doubles, or later than their bound. */
  readonly strays: number;
}

const TOKEN = /#(\d+)#/;
/** The length of a usual message; both floors and ours carry the same one. */
const FILLER = 'Good morning, I have a question about my last invoice.';

/** Creates an empty book. */
export function createTurnBook(): TurnBook {
  const waiting = new Map<string, (at: number | undefined) => void>();
  let lastToken = 0;
  let strays = 0;
  return {
    begin(withinMs) {
      lastToken += 1;
      const token = String(lastToken);
      const replied = new Promise<number | undefined>((resolve) => {
        const tooLate = setTimeout(() => {
          waiting.delete(token);
          resolve(undefined);
        }, withinMs);
        waiting.set(token, (at) => {
          clearTimeout(tooLate);
          resolve(at);
        });
      });
      return { text: `#${token}# ${FILLER}`, replied };
    },
    arrive(replyText) {
      const at = performance.now();
      const token = TOKEN.exec(replyText)?.[1];
      if (token === undefined) return;
      const finish = waiting.get(token);
      waiting.delete(token);
      if (finish) finish(at);
      else strays += 1;
    },
    get strays() {
      return strays;
    },
  };
}
