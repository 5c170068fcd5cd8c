import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { nextNumber, numberOf, type Publication } from '../../adapters/mongo/configuration/publications-repository.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Publication as PublicationView } from '../../contracts/scenario-schema.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { AppDependencies } from '../dependencies.ts';
import { compareCanary, type CanaryDeps } from './compare-canary.ts';
import { closeCanaryAlert, tellCanaryEnd } from './tell-canary-end.ts';

/** The head that follows another. */
export function nextHead(
  before: ScenarioHead | undefined,
  what: { name: string; version: string; at: number; author: string; note?: string | undefined },
): ScenarioHead {
  const { name, version, at, author, note } = what;
  return { name, version, publishedAt: at, number: nextNumber(before), author, ...(note !== undefined && { note }) };
}

/** A publication as the API shows it. */
export function presentPublication(publication: Publication, inForce: ScenarioHead | undefined): PublicationView {
  const { name, version, publishedAt, isRollback = false, isCanary = false, author = null, note = null } = publication;
  const number = numberOf(publication);
  return {
    name,
    number,
    version,
    publishedAt: new Date(publishedAt).toISOString(),
    isInForce: inForce !== undefined && numberOf(inForce) === number,
    isRollback,
    isCanary,
    author,
    note,
  };
}

interface InForce {
  next: ScenarioHead;
  before: ScenarioHead | undefined;
  caller: AuditedCaller;
}

/**
 * The revision rises before and after, so that no process stays with the version before. Gives the number of the canary that has ended
 * by it.
 * @throws AppError SCENARIO_CHANGED where something else is in force by now, or its canary is another one
 */
export async function putInForce(deps: AppDependencies, { next, before, caller }: InForce): Promise<number | null> {
  const change = describeChange({ kind: 'scenario', name: next.name, before, after: next });
  await deps.audit.record([{ ...change, ...caller, at: deps.now() }]);
  await deps.store.raiseRevision();
  let endedCanary: number | null;
  try {
    endedCanary = await replaceInForce(deps, { next, before, caller });
  } finally {
    await deps.store.raiseRevision();
    deps.configuration.invalidate();
  }
  const { name, version, number, author, isRollback } = next;
  deps.logger.info({ scenario: name, version, number, author, isRollback }, 'scenario published');
  return endedCanary;
}

/**
 * Puts a version in the place of another. What was tried on a part of the customers meanwhile ends with what was in force.
 * @throws AppError SCENARIO_CHANGED
 */
export async function replaceInForce(
  deps: CanaryDeps & Pick<AppDependencies, 'store' | 'alerts' | 'logger'>,
  { next, before, caller }: InForce,
): Promise<number | null> {
  const canary = before?.canary;
  // Its end was decided, and whoever decided it may have died before they told of it.
  if (canary?.end && !canary.isTold) await tellCanaryEnd(deps, next.name, canary);
  const isEnded = before !== undefined && canary !== undefined && !canary.end;
  const verdicts = isEnded ? (await compareCanary(deps, before, canary)).verdicts : [];
  if (!(await deps.store.publications.publish(next, before))) throw new AppError('SCENARIO_CHANGED');
  if (canary) await closeCanaryAlert(deps, next.name, canary);
  if (!isEnded) return null;
  const how = canary.version === next.version ? 'finished' : 'replaced';
  const end = { how, at: next.publishedAt, by: caller.by, verdicts, number: numberOf(next) } as const;
  await tellCanaryEnd(deps, next.name, { ...canary, end });
  return canary.number;
}
