import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { nextNumber } from '../../adapters/mongo/configuration/publications-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { DEFAULT_GUARDRAILS, type Canary, type CanaryGuardrails } from '../../contracts/canary.ts';
import type { ShownAtPublishing } from '../../contracts/publication-report.ts';
import type { CanaryRequest } from '../../contracts/publication-schema.ts';
import type { CheckReportView, PublishResponse } from '../../contracts/scenario-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { AppDependencies } from '../dependencies.ts';
import { keepReport } from './keep-report.ts';
import { presentPublication } from './put-in-force.ts';
import { endRunning, writeCanary } from './write-canary.ts';

interface CanaryStart {
  canary: CanaryRequest;
  before: ScenarioHead | undefined;
  version: string;
  source: string;
  report: CheckReportView;
  author: string;
  caller: AuditedCaller;
  note?: string | undefined;
  shown?: ShownAtPublishing | undefined;
}

/**
 * Gives a version to a part of the new conversations; the rest stay with what is in force. Another canary ends by it; the same version
 * again changes nothing.
 * @throws AppError REQUEST_INVALID where nothing is in force that the rest could stay with; SCENARIO_CHANGED
 */
export async function beginCanary(deps: AppDependencies, start: CanaryStart): Promise<PublishResponse> {
  const { before, version, report, author, note, caller } = start;
  if (!before) throw nothingInForce();
  const running = before.canary && !before.canary.end ? before.canary : undefined;
  const { percent, guardrails = {} } = start.canary;
  const at = deps.now();
  const next: Canary = {
    version,
    number: nextNumber(before),
    percent,
    revision: 1,
    startedAt: at,
    author,
    ...(note !== undefined && { note }),
    guardrails: withGuardrails(DEFAULT_GUARDRAILS, guardrails),
    steps: [{ percent, at, by: caller.by }],
  };
  const publication = { name: before.name, ...next, publishedAt: at, isCanary: true } as const;
  if (running?.version === version) {
    const same = { ...publication, ...running, publishedAt: running.startedAt };
    return {
      outcome: 'unchanged',
      publication: presentPublication(same, before),
      report,
      move: null,
      endedCanary: null,
    };
  }
  await keepReport(deps, { ...start, publication, canary: { guardrails: next.guardrails, steps: next.steps } });
  const end = running && (await endRunning(deps, { head: before, canary: running, how: 'replaced', by: caller.by }));
  await writeCanary(deps, { head: before, canary: next, caller, ended: end && { ...end, number: next.number } });
  return {
    outcome: 'published',
    publication: presentPublication(publication, before),
    report,
    move: null,
    endedCanary: running?.number ?? null,
  };
}

/** What somebody says of the guardrails, over what holds. */
export function withGuardrails(
  guardrails: CanaryGuardrails,
  change: { [Name in keyof CanaryGuardrails]?: CanaryGuardrails[Name] | undefined },
): CanaryGuardrails {
  return { ...guardrails, ...withoutUndefined(change) };
}

function nothingInForce(): AppError {
  const message = 'nothing is in force that the other conversations could begin with';
  const remedy = 'Publish it for all new conversations; the next version can be tried on a part of them.';
  return new AppError('REQUEST_INVALID', { details: [{ path: 'canary', message, remedy }] });
}
