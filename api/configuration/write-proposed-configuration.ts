import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { isDuplicateKeyError } from '../../adapters/mongo/configuration/natural-key-repository.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AppliedItem } from '../../contracts/configuration-schema.ts';
import { presentReport } from '../scenarios/assess-scenario.ts';
import { replaceInForce } from '../scenarios/put-in-force.ts';
import { keepReport } from '../scenarios/keep-report.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { KeepTurn } from './change-in-turn.ts';
import type { ProposedConfiguration } from './proposed-configuration.ts';
import { nounOf } from './nouns.ts';

type Write = () => Promise<void>;

interface Writing {
  deps: AppDependencies;
  proposed: ProposedConfiguration;
  caller: AuditedCaller;
  keepTurn: KeepTurn;
}

function must<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('An item of the draft is gone');
  return item;
}

async function writeUser(deps: AppDependencies, proposed: ProposedConfiguration, username: string): Promise<void> {
  const { store, sessions, passwords } = deps;
  const user = must(proposed.items.users.get(username));
  const password = proposed.newPasswords.get(username);
  if (password === undefined) return store.users.put(user);
  const passwordHash = await passwords.hash(password);
  // Before it, too: where this process dies in between, applying again finds the password changed and ends no log-in.
  await sessions.deleteOfUser(username);
  await store.users.put({ ...user, passwordHash });
  await sessions.deleteOfUser(username);
}

async function publish({ deps, proposed, caller }: Writing, head: ScenarioHead): Promise<void> {
  const before = proposed.stored.scenarioHead(head.name);
  const parsed = proposed.parsedScenarios.find(({ version }) => version === head.version);
  const report = proposed.reports.get(head.name);
  if (parsed) {
    const { source } = parsed;
    await keepReport(deps, { publication: head, before, source, ...(report && { report: presentReport(report) }) });
  }
  await replaceInForce(deps, { next: head, before, caller });
}

function writeOf(writing: Writing, { kind, name }: AppliedItem): Write {
  const { deps, proposed } = writing;
  const { store } = deps;
  const { accounts, scenarioHeads } = proposed.items;
  if (kind === 'account')
    return () => store.accounts.put(must([...accounts.values()].find((account) => account.name === name)));
  if (kind === 'user') return () => writeUser(deps, proposed, name);
  if (kind === 'scenario') return () => publish(writing, must(scenarioHeads.get(name)));
  const noun = nounOf[kind];
  // The same noun names a map and the repository of what is in it.
  const repository = store[noun] as { put(item: unknown): Promise<void> };
  return () => repository.put(must(proposed.items[noun].get(name)));
}

/** False where a unique index refused the write: another item still holds what it wants. */
async function isWritten(write: Write): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isDuplicateKeyError(error)) return false;
    throw error;
  }
}

/** An account moves from one entry to another: the first must let go of it before the second can take it. */
async function writeInRounds(writes: Write[], keepTurn: KeepTurn): Promise<void> {
  let pending = writes;
  while (pending.length > 0) {
    const refused: Write[] = [];
    for (const write of pending) {
      await keepTurn();
      if (!(await isWritten(write))) refused.push(write);
    }
    if (refused.length === pending.length) {
      const message = 'is bound elsewhere, by a change at the same time or by two items that change places';
      const details = [{ path: 'documents', message, remedy: 'Apply again; free an account before you bind it anew.' }];
      throw new AppError('CONFIGURATION_INVALID', { details });
    }
    pending = refused;
  }
}

/**
 * Writes what differs, in the turn of whoever calls. There is no transaction: each item is whole, what refers comes after what
 * it refers to, and the revision rises before and after, so that no process stays with half of it. A crash in between is mended
 * by applying again.
 */
export async function writeProposedConfiguration(writing: Writing, items: readonly AppliedItem[]): Promise<void> {
  const { deps, proposed, keepTurn } = writing;
  for (const { version, source, document } of proposed.parsedScenarios) {
    await deps.store.scenarios.add({ version, name: document.scenario, source, document, at: deps.now() });
  }
  const changed = items.filter(({ outcome }) => outcome !== 'unchanged');
  const order = Object.keys(nounOf);
  const sorted = changed.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  await writeInRounds(
    sorted.map((item) => writeOf(writing, item)),
    keepTurn,
  );
}
