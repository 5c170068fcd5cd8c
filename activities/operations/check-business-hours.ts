import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Hours } from '../../adapters/mongo/configuration/configuration-items.ts';
import { lookAtHours, type Schedule } from './opening-hours.ts';
import {
  done,
  OperationFailure,
  type OperationHandler,
  type OperationOf,
  type OperationRequest,
} from './operation-handler.ts';

type Request = OperationRequest<OperationOf<'check-business-hours'>>;

/** Whether it is open now: by the block's own times, by hours of the configuration, else by the entry's or the service's. */
export const checkBusinessHours: OperationHandler<'check-business-hours'> = async (deps, request) => {
  const { schedule, timeZone: asked } = request.operation;
  const hours = schedule ? undefined : findHours(await deps.configuration.get(), request);
  const timeZone = [asked, hours?.timeZone, deps.timeZone].find((zone) => zone !== undefined && zone !== '') ?? 'UTC';
  const { isOpen, nextChangeAt } = look(schedule ?? hours ?? { open: [], closedOn: [] }, deps.now(), timeZone);
  return done({ isOpen, ...(nextChangeAt !== undefined && { nextChangeAt: new Date(nextChangeAt).toISOString() }) });
};

function findHours(configuration: ConfigurationSnapshot, { operation, entry, service }: Request): Hours {
  const ofEntry = configuration.entries().find(({ name }) => name === entry)?.hours;
  const ofService = service === undefined ? undefined : configuration.service(service)?.hours;
  const name = operation.hours ?? ofEntry ?? ofService;
  if (name === undefined) throw new OperationFailure('Neither the block nor the entry nor the service names hours.');
  const found = configuration.hours().find((hours) => hours.name === name);
  if (!found) throw new OperationFailure(`The configuration has no hours "${name}".`);
  return found;
}

function look(schedule: Schedule, at: number, timeZone: string): ReturnType<typeof lookAtHours> {
  try {
    return lookAtHours(schedule, at, timeZone);
  } catch (error) {
    // The one thing that a text of the scenario decides.
    if (error instanceof RangeError) throw new OperationFailure(`"${timeZone}" is not a time zone like Europe/Berlin.`);
    throw error;
  }
}
