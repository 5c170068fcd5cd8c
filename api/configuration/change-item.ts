import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import type { Privilege } from '../../contracts/privileges.ts';
import type { AppDependencies } from '../dependencies.ts';
import { applyConfiguration } from './apply-configuration.ts';
import { documentOf } from './describe-configuration.ts';
import { getItem, type ConfigurationItem } from './find-item.ts';
import { kindOf, type ItemNoun } from './nouns.ts';

interface ItemChange {
  noun: ItemNoun;
  name: string;
  /** Fields of the item's document; null takes one away. */
  change: Readonly<Record<string, unknown>>;
  author: string;
  caller: AuditedCaller;
  /** What the caller may do. */
  privileges: ReadonlySet<Privilege>;
}

/**
 * Changes some fields of one item, as applying its whole document would; what is not named stays, secrets included.
 * Gives the item as it is stored then.
 * @throws AppError NOT_FOUND; FORBIDDEN; CONFIGURATION_INVALID naming the field
 */
export async function changeItem(
  deps: AppDependencies,
  { noun, name, change, author, caller, privileges }: ItemChange,
): Promise<ConfigurationItem> {
  const item = getItem(await loadConfiguration(deps.store), noun, name);
  const describe = documentOf[kindOf[noun]] as (item: ConfigurationItem) => ConfigurationDocument;
  const document = Object.fromEntries(
    Object.entries({ ...describe(item), ...change }).filter(([, value]) => value !== null),
  ) as ConfigurationDocument;
  try {
    const order = { documents: [document], dryRun: false, author, caller, privileges, source: 'api' as const };
    await applyConfiguration(deps, order);
  } catch (error) {
    throw error instanceof AppError ? atField(error) : error;
  }
  return getItem(await loadConfiguration(deps.store), noun, name);
}

/** The caller knows of no documents: what is wrong is named by the field alone. */
function atField(error: AppError): AppError {
  const { code, message } = error;
  const details = error.details.map((problem) => ({ ...problem, path: problem.path.replace(/^documents\.0\./, '') }));
  return new AppError(code, { message, details, cause: error });
}
