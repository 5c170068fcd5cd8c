import { randomUUID } from 'node:crypto';
import type { AlertRequest } from '../../contracts/alert.ts';
import { DEFAULT_SERVICE_LEVEL, LONG_WAIT_TARGETS, type OpenRecord } from '../../contracts/supervision.ts';
import type { Service } from '../../adapters/mongo/configuration/configuration-items.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isWaiting } from './count-services.ts';

/** How often open conversations are held against what services are to keep. */
export const SERVICES_WATCH_TICK_MS = 10_000;

const LONG_WAIT = 'long-wait';

type LongWait = AlertRequest & { service: string };

/** Services whose customers wait too long at `now` (epoch ms), by their open conversations. */
function findLongWaits(
  services: readonly Service[],
  { open, now }: { open: readonly OpenRecord[]; now: number },
): LongWait[] {
  const waiting = open.filter(isWaiting);
  return services.flatMap(({ name, group, serviceLevel: { withinMs } = DEFAULT_SERVICE_LEVEL }) => {
    const late = waiting.filter(
      ({ service, queuedAt, startedAt }) =>
        service === name && now - (queuedAt ?? startedAt) >= LONG_WAIT_TARGETS * withinMs,
    );
    if (late.length === 0) return [];
    return {
      group,
      service: name,
      kind: LONG_WAIT,
      key: name,
      message: `Customers of service "${name}" wait longer than ${(LONG_WAIT_TARGETS * withinMs) / 1000} s, twice its target`,
      remedy: 'See the queue for why they wait: assign them, raise their priority, or ask an agent to choose Ready.',
    };
  });
}

/** Looks at the services again and again, each time in one process. */
export function createServiceWatch(deps: AppDependencies): { tick(): Promise<void> } {
  const by = randomUUID();
  return {
    async tick() {
      const now = deps.now();
      const until = now + SERVICES_WATCH_TICK_MS / 2;
      if (await deps.serviceWatch.claim('services', { by, now, until })) await watchServices(deps);
    },
  };
}

/**
 * Tells of services whose customers have come to wait too long, and that it is over. What is known is read from the alerts themselves: any
 * number of processes may do it, and one that comes after another that died goes on.
 */
export async function watchServices(
  deps: Pick<AppDependencies, 'alertList' | 'alerts' | 'configuration' | 'now' | 'openConversations'>,
): Promise<void> {
  const [configuration, open, known] = await Promise.all([
    deps.configuration.get(),
    deps.openConversations.listOpen({}),
    deps.alertList.listOpen(LONG_WAIT),
  ]);
  const troubles = findLongWaits(configuration.services(), { open, now: deps.now() });
  const [before, after] = [new Set(known.map(keyOf)), new Set(troubles.map(keyOf))];
  for (const trouble of troubles) if (!before.has(keyOf(trouble))) await deps.alerts.tell(trouble);
  for (const { group, service, kind } of known)
    if (!after.has(keyOf({ group, service })))
      await deps.alerts.resolve(withoutUndefined({ group, kind, key: service }));
}

const keyOf = ({ group, service }: { group?: string | undefined; service?: string | undefined }): string =>
  JSON.stringify([group, service]);
