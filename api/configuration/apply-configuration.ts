import { isDeepStrictEqual } from 'node:util';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError } from '../../contracts/app-error.ts';
import type {
  AppliedItem,
  ApplyResponse,
  ApplyOutcome,
  ConfigurationDocument,
  ExpectedItem,
} from '../../contracts/configuration-schema.ts';
import type { Privilege } from '../../contracts/privileges.ts';
import type { ConfigurationSource } from '../../contracts/configuration-source.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { AppDependencies } from '../dependencies.ts';
import { checkPageProfile } from '../accounts/sync-page-profile.ts';
import { announceConfiguration } from './announce-configuration.ts';
import { changeInTurn } from './change-in-turn.ts';
import { checkScenarios } from './check-scenarios.ts';
import { checkReferences } from './check-references.ts';
import { createProposedConfiguration, type ProposedConfiguration, type Origin } from './proposed-configuration.ts';
import { putDocument } from './put-document.ts';
import { requireAllowed } from './require-allowed.ts';
import { requireExpected } from './item-version.ts';
import { nounOf } from './nouns.ts';
import { writeProposedConfiguration } from './write-proposed-configuration.ts';

interface ApplyOrder {
  /** Or what they are, by what is stored at the moment of the change. */
  documents: ConfigurationDocument[] | ((stored: ConfigurationSnapshot) => ConfigurationDocument[]);
  dryRun: boolean;
  /** In whose name scenarios are published. */
  author: string;
  caller: AuditedCaller;
  /** What the caller may do. */
  privileges: ReadonlySet<Privilege>;
  source: ConfigurationSource;
  /** What of it must be as its author saw it. */
  expected?: ExpectedItem[] | undefined;
}

/**
 * Brings the stored configuration to what the documents say, all of them or none. Doing it again changes nothing, and
 * tells the dispatchers once more. Nothing is deleted that the documents do not mention.
 * @throws AppError CONFIGURATION_CHANGED; FORBIDDEN where something is not the caller's to change; CONFIGURATION_INVALID or, where all problems lie in scenarios, SCENARIO_INVALID
 */
export async function applyConfiguration(deps: AppDependencies, request: ApplyOrder): Promise<ApplyResponse> {
  const { dryRun, caller } = request;
  const plan = (stored: ConfigurationSnapshot): Promise<ApplyPlan> => planApply(deps, request, stored);
  if (dryRun) {
    const { before, items } = await plan(await loadConfiguration(deps.store));
    return { dryRun, revision: before.revision, items: items.map(withoutToken) };
  }
  const { before, items } = await changeInTurn(deps, plan, async ({ proposed, compared, ...planned }, keepTurn) => {
    await recordChanges(deps, compared, caller);
    await writeProposedConfiguration({ deps, proposed, caller, keepTurn }, planned.items);
    await noteSources(deps, compared, request);
  });
  deps.configuration.invalidate();
  const after = await loadConfiguration(deps.store);
  const changed = items.filter(({ outcome }) => outcome !== 'unchanged').map(({ kind, name }) => `${kind} ${name}`);
  deps.logger.info({ revision: after.revision, changed }, 'configuration applied');
  await announceConfiguration(deps, before, after);
  writePageProfiles(deps, items, after);
  return { dryRun, revision: after.revision, items };
}

interface ApplyPlan {
  before: ConfigurationSnapshot;
  proposed: ProposedConfiguration;
  compared: ComparedItem[];
  items: AppliedItem[];
}

/** What would be written where this is stored, once all of it is found to be right and allowed. */
async function planApply(
  deps: AppDependencies,
  request: ApplyOrder,
  before: ConfigurationSnapshot,
): Promise<ApplyPlan> {
  const { author, expected = [] } = request;
  const documents = typeof request.documents === 'function' ? request.documents(before) : request.documents;
  requireExpected(before, expected);
  const proposed = await draftConfiguration(deps, before, { documents, author });
  const compared = compareItems(proposed);
  requireAllowed(
    request,
    proposed,
    compared.filter(({ outcome }) => outcome !== 'unchanged'),
  );
  const items = compared.map(({ index, ...item }) => {
    const described = describe(proposed, item);
    return isTokenGiven(documents[index]) ? withoutToken(described) : described;
  });
  return { before, proposed, compared, items };
}

type StoredItem = ReturnType<ConfigurationSnapshot[(typeof nounOf)[keyof typeof nounOf]]>[number];

/** What one document of a draft names, as it is stored and as it is to be. */
interface ComparedItem {
  /** Of the document. */
  index: number;
  origin: Origin;
  before: StoredItem | undefined;
  after: StoredItem | undefined;
  outcome: ApplyOutcome;
}

function compareItems(proposed: ProposedConfiguration): ComparedItem[] {
  const stored = createProposedConfiguration(proposed.stored);
  return proposed.origins.flatMap((origin, index) => {
    if (!origin) return [];
    const [before, after] = [stored, proposed].map(({ items }) => items[nounOf[origin.kind]].get(origin.key));
    return [{ index, origin, before, after, outcome: outcomeOf(before, after) }];
  });
}

/** Before anything is written: what a crash leaves half done is in the audit. */
async function recordChanges(
  { audit, now }: AppDependencies,
  compared: readonly ComparedItem[],
  caller: AuditedCaller,
): Promise<void> {
  const at = now();
  const entries = compared.flatMap(({ origin, before, after, outcome }) => {
    if (outcome === 'unchanged' || !after) return [];
    const name = origin.kind === 'user' ? origin.key : after.name;
    return [{ ...describeChange({ kind: origin.kind, name, before, after }), ...caller, at }];
  });
  await audit.record(entries);
}

/** Files are noted of all that they name: they will say so again. */
async function noteSources(
  { store, now }: AppDependencies,
  compared: readonly ComparedItem[],
  { source, caller }: ApplyOrder,
): Promise<void> {
  const change = { at: now(), by: caller.by };
  const noted = compared.flatMap(({ origin, outcome }) => {
    const isChanged = outcome !== 'unchanged';
    return isChanged || source === 'files' ? [{ ...origin, source, ...(isChanged && change) }] : [];
  });
  await store.itemSources.note(noted);
}

/** Beside the answer: Meta may be slow or away, and the doctor and the watchdog show what differs then. */
function writePageProfiles(
  { inspector, logger }: AppDependencies,
  items: readonly AppliedItem[],
  after: ConfigurationSnapshot,
): void {
  for (const { kind, name, outcome } of items) {
    const account = after.accounts().find((candidate) => candidate.name === name);
    if (kind !== 'account' || outcome === 'unchanged' || account?.profile === undefined) continue;
    void checkPageProfile(inspector, account, { write: true }).then(({ state, message }) =>
      logger.info({ account: name, state }, message),
    );
  }
}

/** A token of the admin's own is known to them: it is shown nowhere. */
function isTokenGiven(document: ConfigurationDocument | undefined): boolean {
  return document?.kind === 'account' && document.verifyToken !== undefined;
}

/** A token that a dry run made up is nobody's. */
function withoutToken({ verifyToken: _verifyToken, ...item }: AppliedItem): AppliedItem {
  return item;
}

async function draftConfiguration(
  deps: AppDependencies,
  before: ConfigurationSnapshot,
  { documents, author }: { documents: ConfigurationDocument[]; author: string },
): Promise<ProposedConfiguration> {
  const proposed = createProposedConfiguration(before);
  const { store, passwords, scenarioChecks } = deps;
  const context = { proposed, scenarios: store.scenarios, passwords, scenarioChecks, author, now: deps.now() };
  const numbered = [...documents.entries()];
  const scenariosFirst = numbered.toSorted(([, one], [, other]) => rank(one) - rank(other));
  for (const [index, document] of scenariosFirst) await putDocument(context, document, index);
  proposed.problems.push(...checkReferences(proposed));
  await checkScenarios({ published: store.scenarios, scenarioChecks, files: await deps.media.list() }, proposed);
  if (proposed.problems.length === 0) return proposed;
  const isAboutScenarios = proposed.problems.every(({ path }) => /^documents\.\d+\.source/.test(path));
  throw new AppError(isAboutScenarios ? 'SCENARIO_INVALID' : 'CONFIGURATION_INVALID', { details: proposed.problems });
}

const rank = ({ kind }: ConfigurationDocument): number => (kind === 'scenario' ? 0 : 1);

function outcomeOf(stored: unknown, wanted: unknown): ApplyOutcome {
  if (stored === undefined) return 'created';
  return isDeepStrictEqual(stored, wanted) ? 'unchanged' : 'changed';
}

function describe(
  after: ProposedConfiguration,
  { origin: { kind, key }, outcome }: Pick<ComparedItem, 'origin' | 'outcome'>,
): AppliedItem {
  if (kind === 'scenario') {
    const version = after.items.scenarioHeads.get(key)?.version;
    const warnings = after.warnings.get(key);
    return { kind, name: key, outcome, ...(version && { version }), ...(warnings && { warnings }) };
  }
  const account = kind === 'account' ? after.items.accounts.get(key) : undefined;
  if (!account) return { kind, name: key, outcome };
  const { name, verifyToken } = account;
  return { kind, name, outcome, ...(outcome === 'created' && { verifyToken }) };
}
