import type { ConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import type { Actors } from '../adapters/temporal/actors.ts';

/** Starts the dispatcher of every routing group where it does not run, and tells it the configuration in force. */
export async function startDispatchers({
  actors,
  configuration,
}: {
  actors: Pick<Actors, 'tellConfiguration'>;
  configuration: ConfigurationCache;
}): Promise<void> {
  const groups = (await configuration.get()).routingGroups();
  await Promise.all(
    groups.map(({ group, configuration: groupConfiguration }) => actors.tellConfiguration(group, groupConfiguration)),
  );
}
