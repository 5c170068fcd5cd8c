import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import { announceConfiguration } from './announce-configuration.ts';

/** What can be deleted, by the noun of its list. */
export type DeletableNoun = 'accounts' | 'services' | 'entries' | 'users';

/**
 * Makes one change of configuration known: the revision rises before and after it, and dispatchers hear of it. `change`
 * is given what is in force.
 */
export async function changeConfiguration(
  deps: AppDependencies,
  change: (before: ConfigurationSnapshot) => Promise<void>,
): Promise<void> {
  const before = await loadConfiguration(deps.store);
  await deps.store.raiseRevision();
  try {
    await change(before);
  } finally {
    await deps.store.raiseRevision();
  }
  deps.configuration.invalidate();
  await announceConfiguration(deps, before, await loadConfiguration(deps.store));
}

/**
 * Deletes one item, whose conversations, messages and parts stay. A conversation under way goes on with what it knows.
 * @throws AppError NOT_FOUND; STILL_IN_USE naming what refers to it
 */
export async function deleteItem(deps: AppDependencies, noun: DeletableNoun, name: string): Promise<void> {
  const stored = await loadConfiguration(deps.store);
  const key = findKey(stored, noun, name);
  if (key === undefined) throw new AppError('NOT_FOUND', { message: `${noun} has no "${name}".` });
  const details = findUses(stored, noun, name);
  if (details.length > 0) throw new AppError('STILL_IN_USE', { details });
  await changeConfiguration(deps, async () => {
    await deps.store[noun].delete(key);
    if (noun === 'users') await deps.sessions.deleteOfUser(key);
  });
  deps.logger.info({ noun, name }, 'configuration deleted');
}

function findKey(stored: ConfigurationSnapshot, noun: DeletableNoun, name: string): string | undefined {
  if (noun === 'accounts') return stored.accounts().find((account) => account.name === name)?.pageId;
  if (noun === 'services') return stored.service(name)?.name;
  if (noun === 'entries') return stored.entries().find((entry) => entry.name === name)?.name;
  return stored.user(name)?.username;
}

function findUses(stored: ConfigurationSnapshot, noun: DeletableNoun, name: string): InputProblem[] {
  const singular = { accounts: 'account', services: 'service' } as const;
  if (noun !== 'accounts' && noun !== 'services') return [];
  const field = singular[noun];
  const users: { path: string; name: string }[] = stored
    .entries()
    .filter((entry) => entry[field] === name)
    .map((entry) => ({ path: `entries.${entry.name}`, name: `entry "${entry.name}"` }));
  if (noun === 'accounts') {
    for (const service of stored.services().filter(({ account }) => account === name)) {
      users.push({ path: `services.${service.name}`, name: `service "${service.name}"` });
    }
  }
  return users.map((user) => ({
    path: user.path,
    message: `is used by ${user.name}`,
    remedy: `Give ${user.name} another ${field}, or delete it first.`,
  }));
}
