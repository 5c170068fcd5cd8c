import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
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
  const describe = documentOf[kindOf[noun]] as (item: ConfigurationItem) => ConfigurationDocument;
  // Of what is stored at the moment of the change: what others change of it meanwhile stays.
  const documents = (stored: ConfigurationSnapshot): ConfigurationDocument[] => {
    const changed = { ...describe(getItem(stored, noun, name)), ...change };
    return [Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null)) as ConfigurationDocument];
  };
  try {
    await applyConfiguration(deps, { documents, dryRun: false, author, caller, privileges, source: 'api' });
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
