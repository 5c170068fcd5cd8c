import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { MoveTarget } from './assess-move.ts';
import { hashSource } from '../../adapters/hash-source.ts';
import { collectLibrary } from './scenario-library.ts';

type Deps = Pick<AppDependencies, 'store' | 'scenarioChecks'>;

/** A version of a scenario, published or not. */
interface Version {
  version: string;
  document: ScenarioDocument;
}

/**
 * Where conversations of a scenario are to go: a source, the version that is named, or what is in force; with what it starts as it
 * would be pinned now.
 * @throws AppError NOT_FOUND, SCENARIO_INVALID
 */
export async function findMoveTarget(
  deps: Deps,
  name: string,
  { source, version: prefix }: { source?: string | undefined; version?: string | undefined },
): Promise<MoveTarget> {
  const stored = await loadConfiguration(deps.store);
  const { version, document } =
    source === undefined
      ? await findVersion(deps, name, prefix ?? stored.scenarioHead(name)?.version)
      : await readSource(deps, name, source);
  const { versions, library } = await pinStarted(deps, stored, document);
  const isAlone = Object.keys(versions).length === 0;
  return { pin: { name, version, ...(!isAlone && { scenarios: versions }) }, document, library };
}

async function readSource({ scenarioChecks }: Deps, name: string, source: string): Promise<Version> {
  const { document } = await scenarioChecks.parse(source);
  if (document?.scenario === name) return { version: hashSource(source), document };
  const remedy = 'Ask what the checks say of it (POST /api/v1/scenarios/check).';
  const message = document ? `is "${document.scenario}", not "${name}"` : 'cannot be read';
  throw new AppError('SCENARIO_INVALID', { details: [{ path: 'source', message, remedy }] });
}

async function findVersion({ store }: Deps, name: string, prefix: string | undefined): Promise<Version> {
  const version = prefix === undefined ? undefined : await store.scenarios.findPinned(name, prefix);
  const found = version === undefined ? undefined : await store.scenarios.findByVersion(version);
  if (found) return found;
  const what = prefix === undefined ? 'is not published' : `has no version ${prefix}`;
  throw new AppError('NOT_FOUND', { message: `Scenario "${name}" ${what}.` });
}

async function pinStarted(
  { store }: Deps,
  stored: ConfigurationSnapshot,
  document: ScenarioDocument,
): Promise<{ versions: Record<string, string>; library: MoveTarget['library'] }> {
  const versions: Record<string, string> = {};
  const library = await collectLibrary(document, async (started) => {
    const version = stored.scenarioHead(started)?.version;
    if (version === undefined) return undefined;
    versions[started] = version;
    return (await store.scenarios.findByVersion(version))?.document;
  });
  return { versions, library };
}
