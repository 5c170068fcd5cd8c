import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import type { Canary, CanaryEnd } from '../../contracts/canary.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { AppDependencies } from '../dependencies.ts';
import { compareCanary } from './compare-canary.ts';
import { closeCanaryAlert, tellCanaryEnd } from './tell-canary-end.ts';

interface CanaryChange {
  /** As it was read, with the canary that was there. */
  head: ScenarioHead;
  canary: Canary;
  caller: AuditedCaller;
  /** How the canary that was there ends by this, where another one takes its place. */
  ended?: CanaryEnd | undefined;
}

/**
 * Writes the canary of a scenario over the one that was read, with its entry in the audit; then tells of an end. Whoever dies in between
 * has written it, or not; what was not told yet the watch tells.
 * @throws AppError SCENARIO_CHANGED where something else is in force by now, or somebody else has changed the canary
 */
export async function writeCanary(
  deps: AppDependencies,
  { head, canary, caller, ended }: CanaryChange,
): Promise<Canary> {
  const { name, canary: before } = head;
  if (before?.end && !before.isTold) await tellCanaryEnd(deps, name, before);
  const change = describeChange({ kind: 'scenario', name, before: head, after: { ...head, canary } });
  await deps.audit.record([{ ...change, ...caller, at: deps.now() }]);
  await deps.store.raiseRevision();
  try {
    if (!(await deps.store.publications.writeCanary(head, canary))) throw new AppError('SCENARIO_CHANGED');
  } finally {
    await deps.store.raiseRevision();
    deps.configuration.invalidate();
  }
  const { version, number, percent, end } = canary;
  deps.logger.info({ scenario: name, version, number, percent, end: end?.how }, 'canary written');
  if (before && before.number !== number) {
    await closeCanaryAlert(deps, name, before);
    if (ended) await tellCanaryEnd(deps, name, { ...before, end: ended });
  }
  if (!end) await deps.store.publicationReports.recordCanary({ scenario: name, number, version }, canary);
  else await tellAndNote(deps, { ...head, canary });
  return canary;
}

/** Tells of the end of a canary, and notes that it was told: a process that dies in between tells it once more. */
export async function tellAndNote(
  deps: Pick<AppDependencies, 'alerts' | 'store' | 'logger'>,
  head: ScenarioHead & { canary: Canary },
): Promise<void> {
  await tellCanaryEnd(deps, head.name, head.canary);
  await deps.store.publications.writeCanary(head, { ...head.canary, isTold: true });
}

/** How a running canary ends, with what was compared at that moment. */
export async function endRunning(
  deps: AppDependencies,
  { head, canary, how, by }: { head: ScenarioHead; canary: Canary; how: CanaryEnd['how']; by: string },
): Promise<CanaryEnd> {
  const { verdicts } = await compareCanary(deps, head, canary);
  return { how, at: deps.now(), by, verdicts };
}
