import type { Service } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { DeskSnapshot } from '../../contracts/actor-messages.ts';
import { DEFAULT_SERVICE_LEVEL, type DayRecord, type OpenRecord } from '../../contracts/supervision.ts';
import type { LiveOverview } from '../../contracts/supervision-view-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

type ServiceFigures = LiveOverview['services'][number];

const iso = (ms: number): string => new Date(ms).toISOString();

/** Figures of each service: how it stands, by the open conversations and the dispatchers, and of the day, by the records. */
export function countServices(
  services: readonly Service[],
  { desks, open, day }: { desks: readonly DeskSnapshot[]; open: readonly OpenRecord[]; day: readonly DayRecord[] },
): ServiceFigures[] {
  const known = new Map(desks.flatMap((desk) => desk.services.map((service) => [service.name, service])));
  const [openOf, dayOf] = [groupByService(open), groupByService(day)];
  return services.map(({ name, group, serviceLevel: target = DEFAULT_SERVICE_LEVEL }) => {
    const { agentsReady = 0, agentsLoggedIn = 0 } = known.get(name) ?? {};
    return {
      name,
      group,
      target,
      now: { ...countOpen(openOf.get(name) ?? []), agentsReady, agentsLoggedIn },
      day: countDay(dayOf.get(name) ?? [], target.withinMs),
    };
  });
}

/** Whether somebody waits for an agent, or is being offered to one. */
export function isWaiting({ state }: Pick<OpenRecord, 'state'>): boolean {
  return state === 'queued' || state === 'offered';
}

function countOpen(open: readonly OpenRecord[]): Omit<ServiceFigures['now'], 'agentsReady' | 'agentsLoggedIn'> {
  const waiting = open.filter(isWaiting);
  const oldest = Math.min(...waiting.map(({ queuedAt, startedAt }) => queuedAt ?? startedAt));
  return {
    waiting: waiting.length,
    ...(waiting.length > 0 && { waitingSince: iso(oldest) }),
    inChat: open.length - waiting.length,
  };
}

/** Who still waits counts for neither: they may yet be in time. */
function countDay(day: readonly DayRecord[], withinMs: number): ServiceFigures['day'] {
  const taken = day.filter(({ acceptedAt }) => acceptedAt !== undefined);
  const gaveUp = day.filter(({ acceptedAt, endedAt }) => acceptedAt === undefined && endedAt !== undefined).length;
  const inTime = taken.filter(({ queuedAt = 0, acceptedAt = 0 }) => acceptedAt - queuedAt <= withinMs).length;
  const handled = taken.filter(({ endedAt }) => endedAt !== undefined);
  const handledMs = handled.reduce((sum, { segments = [] }) => sum + lengthOf(segments), 0);
  const settled = taken.length + gaveUp;
  return withoutUndefined({
    inTimePercent: settled > 0 ? Math.round((100 * inTime) / settled) : undefined,
    gaveUp,
    handled: handled.length,
    averageHandleMs: handled.length > 0 ? Math.round(handledMs / handled.length) : undefined,
  });
}

function lengthOf(segments: NonNullable<DayRecord['segments']>): number {
  return segments.reduce((sum, { from, to = from }) => sum + to - from, 0);
}

function groupByService<Each extends { service?: string }>(all: readonly Each[]): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const { service = '' } = each;
    const group = groups.get(service);
    if (group) group.push(each);
    else groups.set(service, [each]);
  }
  return groups;
}
