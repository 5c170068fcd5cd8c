import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError } from '../../contracts/app-error.ts';
import { MAX_CANARY_STEPS, type Canary } from '../../contracts/canary.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { CanaryView } from '../../contracts/publication-schema.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { reportOn } from './assess-scenario.ts';
import { withGuardrails } from './begin-canary.ts';
import { checkOptionsFor } from './check-options.ts';
import { compareCanary } from './compare-canary.ts';
import { presentCanary, presentPublicationReport } from './present-canary.ts';
import { publishNext } from './publish-scenario.ts';
import { nextHead } from './put-in-force.ts';
import { authorOf } from './scenario-routes.ts';
import { endRunning, writeCanary } from './write-canary.ts';

/** A version on a part of the new conversations: how it does, and what becomes of it; the reports of publications. */
export function registerCanaryRoutes(app: App, deps: AppDependencies): void {
  registerLooking(app, deps);
  registerChanging(app, deps);
  registerFinishing(app, deps);
}

function registerLooking(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getCanary, async ({ params: { name } }) => {
    const head = await getHead(deps, name);
    if (head.canary) return present(deps, head, head.canary);
    throw new AppError('NOT_FOUND', {
      message: `No version of "${name}" is, or was just now, tried on a part of the conversations.`,
    });
  });

  registerRoute(app, httpRoutes.getPublicationReport, async ({ params: { name, number } }) => {
    const { publications, publicationReports } = deps.store;
    const publication = await publications.find(name, number);
    if (!publication) throw new AppError('NOT_FOUND', { message: `Scenario "${name}" has no publication ${number}.` });
    const report = await publicationReports.find({ scenario: name, number, version: publication.version });
    const head = (await loadConfiguration(deps.store)).scenarioHead(name);
    return presentPublicationReport(publication, report, head);
  });
}

function registerChanging(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.changeCanary, async (request) => {
    const { percent, guardrails = {}, revision } = request.body;
    const { head, canary } = await getRunning(deps, request.params.name, revision);
    const caller = auditedCaller(request);
    const step = { percent: percent ?? canary.percent, at: deps.now(), by: caller.by };
    const isStep = step.percent !== canary.percent;
    const next: Canary = {
      ...canary,
      percent: step.percent,
      revision: canary.revision + 1,
      guardrails: withGuardrails(canary.guardrails, guardrails),
      steps: isStep ? [...canary.steps, step].slice(-MAX_CANARY_STEPS) : canary.steps,
    };
    return present(deps, head, await writeCanary(deps, { head, canary: next, caller }));
  });

  registerRoute(app, httpRoutes.endCanary, async (request) => {
    const { head, canary } = await getRunning(deps, request.params.name, request.body.revision);
    const caller = auditedCaller(request);
    const end = await endRunning(deps, { head, canary, how: 'ended', by: caller.by });
    const next = { ...canary, revision: canary.revision + 1, end };
    return present(deps, head, await writeCanary(deps, { head, canary: next, caller }));
  });
}

/** A publication of its own: the list of versions never changes behind what it says. */
function registerFinishing(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.finishCanary, async (request) => {
    const { note, move, revision } = request.body;
    const { head, canary } = await getRunning(deps, request.params.name, revision);
    const { version } = canary;
    const found = await deps.store.scenarios.findSource(version);
    if (!found) throw new AppError('NOT_FOUND', { message: `The text of version ${version} is gone.` });
    // It passed the checks when it was published, and customers have it: what they say of it today is told and refuses nothing.
    const options = await checkOptionsFor(deps, await loadConfiguration(deps.store), found.source);
    const report = await reportOn(deps.scenarioChecks, found.source, options);
    const author = authorOf(getPrincipal(request));
    const next = nextHead(head, { name: head.name, version, at: deps.now(), author, note: note ?? canary.note });
    const caller = auditedCaller(request);
    return publishNext(deps, { next, before: head, source: found.source, report, author, caller, move });
  });
}

async function present(deps: AppDependencies, head: ScenarioHead, canary: Canary): Promise<CanaryView> {
  return presentCanary(head, canary, await compareCanary(deps, head, canary));
}

async function getHead(deps: AppDependencies, name: string): Promise<ScenarioHead> {
  const head = (await loadConfiguration(deps.store)).scenarioHead(name);
  if (!head) throw new AppError('NOT_FOUND', { message: `No scenario "${name}" is published.` });
  return head;
}

/** @throws AppError CANARY_NOT_RUNNING; SCENARIO_CHANGED where the caller saw another state of it */
async function getRunning(
  deps: AppDependencies,
  name: string,
  revision: number | undefined,
): Promise<{ head: ScenarioHead; canary: Canary }> {
  const head = await getHead(deps, name);
  const { canary } = head;
  if (!canary || canary.end) throw new AppError('CANARY_NOT_RUNNING');
  if (revision !== undefined && revision !== canary.revision) throw new AppError('SCENARIO_CHANGED');
  return { head, canary };
}
