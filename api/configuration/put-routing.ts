import type { ServiceDocument } from '../../contracts/configuration-schema.ts';
import type { GroupDocument, TeamDocument } from '../../contracts/routing-configuration-schema.ts';
import { DEFAULT_GROUP } from '../../contracts/routing.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { readDuration, type DocumentPlace } from './read-duration.ts';

/** Puts a service over the draft. */
export function putService(context: DocumentPlace, document: ServiceDocument): string {
  const { kind: _kind, group = DEFAULT_GROUP, overflow, wrapUp, serviceLevel, ...rest } = document;
  context.proposed.items.services.set(
    rest.name,
    withoutUndefined({
      ...rest,
      group,
      overflow: overflow?.map(({ after, service }, index) => ({
        afterMs: readDuration(context, `overflow.${index}.after`, after) ?? 0,
        service,
      })),
      wrapUp: wrapUp && readWrapUp(context, wrapUp),
      serviceLevel: serviceLevel && {
        percent: serviceLevel.percent,
        withinMs: readDuration(context, 'serviceLevel.within', serviceLevel.within) ?? 0,
      },
    }),
  );
  return rest.name;
}

function readWrapUp(
  context: DocumentPlace,
  { timeout, extend, required }: NonNullable<ServiceDocument['wrapUp']>,
): { timeoutMs: number; required?: boolean; extendMs?: number } {
  return withoutUndefined({
    timeoutMs: readDuration(context, 'wrapUp.timeout', timeout) ?? 0,
    required,
    extendMs: readDuration(context, 'wrapUp.extend', extend),
  });
}

/** Puts a group's settings over the draft. */
export function putGroup(context: DocumentPlace, document: GroupDocument): string {
  const { kind: _kind, ageing, rampUp, breaks, ...rest } = document;
  context.proposed.items.groups.set(
    rest.name,
    withoutUndefined({
      ...rest,
      ageingMs: readDuration(context, 'ageing', ageing),
      rampUpMs: readDuration(context, 'rampUp', rampUp),
      breaks: breaks?.map(({ name, returnAfter, logOutAfter }, index) =>
        withoutUndefined({
          name,
          returnAfterMs: readDuration(context, `breaks.${index}.returnAfter`, returnAfter),
          logOutAfterMs: readDuration(context, `breaks.${index}.logOutAfter`, logOutAfter),
        }),
      ),
    }),
  );
  return rest.name;
}

/** Puts a team over the draft. */
export function putTeam({ proposed }: DocumentPlace, { kind: _kind, ...team }: TeamDocument): string {
  proposed.items.teams.set(team.name, team);
  return team.name;
}
