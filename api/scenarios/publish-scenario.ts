import { randomUUID } from 'node:crypto';
import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { Publication } from '../../adapters/mongo/configuration/publications-repository.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { numberOf } from '../../adapters/mongo/configuration/publications-repository.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { BlockMap } from '../../contracts/scenario-move.ts';
import type { ShownAtPublishing } from '../../contracts/publication-report.ts';
import type { CanaryRequest } from '../../contracts/publication-schema.ts';
import type { CheckReportView, PublishResponse } from '../../contracts/scenario-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { assessScenario, presentReport, reportOn } from './assess-scenario.ts';
import { beginCanary } from './begin-canary.ts';
import { beginMove } from './begin-move.ts';
import { checkOptionsFor } from './check-options.ts';
import { keepReport } from './keep-report.ts';
import { nextHead, presentPublication, putInForce } from './put-in-force.ts';

interface PublishRequest {
  source: string;
  author: string;
  caller: AuditedCaller;
  note?: string | undefined;
  /** First digits of the version that the author saw in force, or `none`. */
  expectedVersion?: string | undefined;
  /** Running conversations go to it. */
  move?: MoveWith | undefined;
  /** For a part of the new conversations only. */
  canary?: CanaryRequest | undefined;
  shown?: ShownAtPublishing | undefined;
}

interface MoveWith {
  blocks: BlockMap;
}

/**
 * Puts a source in force for new conversations, all or a part of them; running ones keep their version. Publishing what is in force
 * changes nothing.
 * @throws AppError SCENARIO_INVALID for what `attendant check` refuses; SCENARIO_CHANGED where the author saw another version
 */
export async function publishScenario(deps: AppDependencies, request: PublishRequest): Promise<PublishResponse> {
  const stored = await loadConfiguration(deps.store);
  const options = await checkOptionsFor(deps, stored, request.source);
  const sound = await assessScenario(deps.scenarioChecks, request.source, options);
  const { version, source, document, report: full } = sound;
  const report = presentReport(full);
  const name = document.scenario;
  const before = stored.scenarioHead(name);
  requireExpected(before, request.expectedVersion);
  if (before?.version === version) return unchanged(before, before, report);
  const at = deps.now();
  await deps.store.scenarios.add({ version, name, source, document, at });
  if (request.canary) return beginCanary(deps, { ...request, canary: request.canary, before, version, source, report });
  const next = nextHead(before, { ...request, name, version, at });
  return publishNext(deps, { ...request, next, before, source, report });
}

/** Nothing was written: this very version is in force already, or is the canary. */
function unchanged(publication: Publication, head: ScenarioHead, report: CheckReportView): PublishResponse {
  const shown = presentPublication(publication, head);
  return { outcome: 'unchanged', publication: shown, report, move: null, endedCanary: null };
}

interface Next {
  next: ScenarioHead;
  before: ScenarioHead | undefined;
  source: string;
  report: CheckReportView;
  caller: AuditedCaller;
  author: string;
  move?: MoveWith | undefined;
  shown?: ShownAtPublishing | undefined;
}

/** Puts the next publication in force, with its report, and begins the move that was asked for. */
export async function publishNext(deps: AppDependencies, request: Next): Promise<PublishResponse> {
  const { next, before, report, caller } = request;
  await keepReport(deps, { ...request, publication: next });
  const move = await beginMoveTo(deps, next, request);
  const endedCanary = await putInForce(deps, { next, before, caller });
  return { outcome: 'published', publication: presentPublication(next, next), report, move, endedCanary };
}

/**
 * Before it is in force, and waiting for that: where this process dies in between nobody is moved, and where it dies after it
 * everybody is.
 */
async function beginMoveTo(
  deps: AppDependencies,
  next: ScenarioHead,
  { move, author }: { move?: MoveWith | undefined; author: string },
): Promise<string | null> {
  if (!move) return null;
  const { name, version } = next;
  const number = numberOf(next);
  const id = `${name}.${number}.${randomUUID()}`;
  const to = { version, number };
  await beginMove(deps, { id, scenario: name, to, blocks: move.blocks, awaits: number, by: author });
  return id;
}

interface RollbackRequest {
  name: string;
  author: string;
  caller: AuditedCaller;
  number?: number | undefined;
  /** First digits of a version, 12 at least. */
  version?: string | undefined;
  note?: string | undefined;
  move?: MoveWith | undefined;
  shown?: ShownAtPublishing | undefined;
}

/**
 * Puts an earlier version in force again. It passed the checks when it was published, so what they say of it today is told
 * and refuses nothing: a roll-back is for the moment when something is wrong.
 * @throws AppError NOT_FOUND where there is no such version, or none before the one in force
 */
export async function rollBackScenario(deps: AppDependencies, request: RollbackRequest): Promise<PublishResponse> {
  const { name } = request;
  const stored = await loadConfiguration(deps.store);
  const before = stored.scenarioHead(name);
  if (!before) throw new AppError('NOT_FOUND', { message: `No scenario "${name}" is published.` });
  const version = await findTarget(deps, before, request);
  const found = await deps.store.scenarios.findSource(version);
  if (!found) throw new AppError('NOT_FOUND', { message: `The text of version ${version} is gone.` });
  const options = await checkOptionsFor(deps, stored, found.source);
  const report = await reportOn(deps.scenarioChecks, found.source, options);
  if (before.version === version) return unchanged(before, before, report);
  const next = { ...nextHead(before, { ...request, version, at: deps.now() }), isRollback: true as const };
  return publishNext(deps, { ...request, next, before, source: found.source, report });
}

function requireExpected(before: ScenarioHead | undefined, expected: string | undefined): void {
  if (expected === undefined) return;
  const isAsSeen = expected === 'none' ? before === undefined : before?.version.startsWith(expected) === true;
  if (isAsSeen) return;
  const message = before ? `version ${before.version.slice(0, 12)} is in force` : 'nothing is published';
  const remedy = 'Compare it with yours, then publish with the version that you have seen.';
  throw new AppError('SCENARIO_CHANGED', { details: [{ path: 'expectedVersion', message, remedy }] });
}

async function findTarget(deps: AppDependencies, before: ScenarioHead, request: RollbackRequest): Promise<string> {
  const { name, number, version } = request;
  if (version !== undefined) {
    const found = await deps.store.scenarios.findPinned(name, version);
    if (found === undefined)
      throw new AppError('NOT_FOUND', { message: `Scenario "${name}" has no version ${version}.` });
    return found;
  }
  const below = number === undefined ? numberOf(before) : number + 1;
  for await (const publication of publicationsBelow(deps, name, below)) {
    // What was tried on a part of the customers was never what all of them had.
    const wasBefore = publication.version !== before.version && !publication.isCanary;
    const isMeant = number === undefined ? wasBefore : numberOf(publication) === number;
    if (isMeant) return publication.version;
    if (number !== undefined) break;
  }
  const what = number === undefined ? 'nothing before the version in force' : `no publication ${number}`;
  throw new AppError('NOT_FOUND', { message: `Scenario "${name}" has ${what}.` });
}

const LOOK = 50;

async function* publicationsBelow(deps: AppDependencies, name: string, below: number): AsyncGenerator<Publication> {
  for (let next = below; ;) {
    const found = await deps.store.publications.list(name, { below: next, limit: LOOK });
    yield* found;
    const last = found.at(-1);
    if (!last || found.length < LOOK) return;
    next = numberOf(last);
  }
}
