import type { ScenarioDraft } from '../../adapters/mongo/configuration/configuration-items.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { DraftView, PublishResponse } from '../../contracts/scenario-schema.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { checkOptionsFor } from './check-options.ts';
import { reportOn } from './assess-scenario.ts';
import { publishScenario } from './publish-scenario.ts';
import { authorOf } from './scenario-routes.ts';

/** Drafts: one for each scenario, kept whatever it says, in force for nobody. Two authors cannot overwrite one another. */
export function registerDraftRoutes(app: App, deps: AppDependencies): void {
  registerReading(app, deps);
  registerWriting(app, deps);
  registerLocks(app, deps);
}

/** So long one edits without saying so again. */
const LOCK_MS = 30_000;

function registerLocks(app: App, { store, configuration, now }: AppDependencies): void {
  registerRoute(app, httpRoutes.lockDraft, async (request) => {
    const { editor, takeOver = false } = request.body;
    const username = authorOf(getPrincipal(request));
    const at = now();
    const wanted = { name: request.params.name, editor, username, since: at, until: at + LOCK_MS };
    const lock = await store.editLocks.take(wanted, takeOver);
    const holder = (await configuration.get()).user(lock.username)?.name ?? lock.username;
    const since = new Date(lock.since).toISOString();
    return { isYours: lock.editor === editor, username: lock.username, holder, since };
  });

  registerRoute(app, httpRoutes.unlockDraft, async (request) => {
    await store.editLocks.release(request.params.name, request.query.editor);
    return null;
  });
}

function registerReading(app: App, deps: AppDependencies): void {
  const { scenarioDrafts } = deps.store;
  registerRoute(app, httpRoutes.listDrafts, async () => wholeList((await scenarioDrafts.list()).map(presentSummary)));

  registerRoute(app, httpRoutes.getDraft, async (request) =>
    presentDraft(deps, await getDraft(deps, request.params.name)),
  );
}

function registerWriting(app: App, deps: AppDependencies): void {
  const { scenarioDrafts } = deps.store;
  registerRoute(app, httpRoutes.saveDraft, async (request) => {
    const { source, revision } = request.body;
    const author = authorOf(getPrincipal(request));
    const draft = { name: request.params.name, source, revision: revision + 1, savedAt: deps.now(), author };
    if (!(await scenarioDrafts.save(draft))) throw changed();
    return presentDraft(deps, draft);
  });

  registerRoute(app, httpRoutes.deleteDraft, async (request) => {
    await scenarioDrafts.delete(request.params.name);
    return null;
  });

  registerRoute(app, httpRoutes.publishDraft, (request) =>
    publishDraft(deps, {
      ...request.body,
      name: request.params.name,
      author: authorOf(getPrincipal(request)),
      caller: auditedCaller(request),
    }),
  );
}

async function publishDraft(
  deps: AppDependencies,
  request: { name: string; revision: number; author: string; caller: AuditedCaller } & Pick<
    Parameters<typeof publishScenario>[1],
    'note' | 'move' | 'canary' | 'shown'
  >,
): Promise<PublishResponse> {
  const { name, revision, ...publication } = request;
  const draft = await getDraft(deps, name);
  if (draft.revision !== revision) throw changed();
  await requireName(deps, draft);
  const response = await publishScenario(deps, { source: draft.source, ...publication });
  await deps.store.scenarioDrafts.delete(name, revision);
  return response;
}

/** A draft of one scenario must not become a version of another. A source without a name is refused by the checks. */
async function requireName({ scenarioChecks }: AppDependencies, { name, source }: ScenarioDraft): Promise<void> {
  const scenario = (await scenarioChecks.parse(source)).document?.scenario;
  if (scenario === undefined || scenario === name) return;
  const remedy = `Write "scenario: ${name}", or keep it as a draft of "${scenario}".`;
  const details = [{ path: 'source.scenario', message: `is "${scenario}", not "${name}"`, remedy }];
  throw new AppError('SCENARIO_INVALID', { details });
}

async function getDraft({ store }: AppDependencies, name: string): Promise<ScenarioDraft> {
  const draft = await store.scenarioDrafts.find(name);
  if (!draft) throw new AppError('NOT_FOUND', { message: `Scenario "${name}" has no draft.` });
  return draft;
}

async function presentDraft(deps: AppDependencies, draft: ScenarioDraft): Promise<DraftView> {
  const options = await checkOptionsFor(deps, await loadConfiguration(deps.store), draft.source);
  const report = await reportOn(deps.scenarioChecks, draft.source, options);
  return { ...presentSummary(draft), source: draft.source, report };
}

function presentSummary({
  name,
  revision,
  savedAt,
  author,
}: Omit<ScenarioDraft, 'source'>): Omit<DraftView, 'source' | 'report'> {
  return { name, revision, savedAt: new Date(savedAt).toISOString(), author };
}

const changed = (): AppError => new AppError('SCENARIO_CHANGED');
