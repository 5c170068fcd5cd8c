import type { Progress } from '../contracts/conversation-record.ts';
import type { RoutingIntent } from '../contracts/routing-intent.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { writeProgress } from './record-progress.ts';

/** What a conversation wants of dispatchers and holds there. `progress` is recorded first: the answer is addressed by it. */
export interface IntentsToTell {
  intents: { group: string; intent: RoutingIntent }[];
  progress?: Progress;
}

/** Takes a conversation's intents to the dispatchers of their groups, and starts those that do not run. */
export function createTellDispatchers(deps: ActivityDependencies): (request: IntentsToTell) => Promise<void> {
  return async function tellDispatchers({ intents, progress }) {
    const written = progress && (await writeProgress(deps, progress));
    await Promise.all(intents.map(({ group, intent }) => deps.actors.tellDispatcher(group, [intent])));
    await written?.told;
  };
}
