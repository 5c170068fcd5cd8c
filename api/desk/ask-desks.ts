import type { DeskSnapshot } from '../../contracts/actor-messages.ts';
import type { AppDependencies } from '../dependencies.ts';

/** What the dispatcher of every group says of its agents and services; one that does not run knows of nobody. `service`: of a chat to hand over. */
export async function askDesks(
  { configuration, actors }: Pick<AppDependencies, 'configuration' | 'actors'>,
  service?: string,
): Promise<DeskSnapshot[]> {
  const snapshot = await configuration.get();
  const found = await Promise.all(
    snapshot.routingGroups().map(({ group }) => {
      const own = snapshot.services().filter((each) => each.group === group);
      const services = own.map(({ name, skills }) => ({ name, skills }));
      return actors.getDesk(group, { services, ...(service !== undefined && { service }) });
    }),
  );
  return found.filter((desk) => desk !== undefined);
}
