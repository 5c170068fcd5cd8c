import type { Service } from '../adapters/mongo/configuration/configuration-items.ts';
import type { ServiceTerms } from '../contracts/conversation-context.ts';

/** What a conversation has to know of a service; undefined where the service says nothing of it. */
export function termsOf({ wrapUp, overflow }: Service): ServiceTerms | undefined {
  if (!wrapUp && !overflow) return undefined;
  return {
    ...(wrapUp && { afterWorkMs: wrapUp.timeoutMs }),
    ...(overflow && { overflow: overflow.toSorted((one, other) => one.afterMs - other.afterMs) }),
  };
}
