import type { SaidText } from '../../adapters/mongo/records/record-index.ts';
import { indexWordsOf } from '../../contracts/search-words.ts';

/** The message that holds most of the words that were asked for, of several the first; undefined where none holds any. */
export function findExcerpt(said: readonly SaidText[], asked: ReadonlySet<string>): SaidText | undefined {
  let best: { message: SaidText; hits: number } | undefined;
  for (const message of asked.size > 0 ? said : []) {
    const hits = indexWordsOf(message.text).filter((word) => asked.has(word)).length;
    if (hits > (best?.hits ?? 0)) best = { message, hits };
    if (hits === asked.size) break;
  }
  return best?.message;
}
