import type { Db } from 'mongodb';

const writes = new Set([
  'findOneAndUpdate',
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
]);

/** Thrown where the process would have died. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** The same database for a process that is killed right after its write number `after` (0: before the first). */
export function dyingDatabase(db: Db, after: number): Db {
  let done = 0;
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'collection') return Reflect.get(target, name) as unknown;
      return (collection: string) =>
        new Proxy(target.collection(collection), {
          get(inner, method) {
            const member = Reflect.get(inner, method) as unknown;
            if (typeof member !== 'function') return member;
            const call = (...args: unknown[]): unknown => Reflect.apply(member, inner, args);
            if (!writes.has(String(method))) return call;
            return async (...args: unknown[]) => {
              if (done >= after) throw new Died();
              done += 1;
              return call(...args);
            };
          },
        });
    },
  });
}
