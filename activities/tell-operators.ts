import type { AlertRequest } from '../contracts/alert.ts';
import type { ActivityDependencies } from './dependencies.ts';

type Alerts = Pick<ActivityDependencies, 'alerts'>;

/** Tells operators of a matter, once however often it is said. */
export function createRaiseAlert({ alerts }: Alerts): (request: AlertRequest) => Promise<void> {
  return async function raiseAlert(request) {
    await alerts.tell(request);
  };
}

/** The matter is over. */
export function createResolveAlert({
  alerts,
}: Alerts): (matter: Pick<AlertRequest, 'pageId' | 'group' | 'kind' | 'key'>) => Promise<void> {
  return async function resolveAlert(matter) {
    await alerts.resolve(matter);
  };
}
