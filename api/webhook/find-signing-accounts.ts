import { verifySignature } from '../../adapters/messenger/signature.ts';
import type { ConfigurationCache } from '../../adapters/mongo/configuration-cache.ts';
import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { isSameSecret } from '../constant-time.ts';

/**
 * Accounts whose app secret signed the body: those of one Facebook app, as a rule. Every secret of an enabled account is
 * tried. A disabled one is found where it shares the secret of an enabled one.
 */
function signersIn(snapshot: ConfigurationSnapshot, rawBody: Buffer, header: string | undefined): Account[] {
  const secrets = new Set(enabledIn(snapshot).map((account) => account.appSecret));
  const matching = new Set([...secrets].filter((secret) => verifySignature(rawBody, header, secret)));
  return snapshot.accounts().filter((account) => matching.has(account.appSecret));
}

const enabledIn = (snapshot: ConfigurationSnapshot): Account[] =>
  snapshot.accounts().filter(({ enabled }) => enabled !== false);

/** As `signersIn`; where none signed, the configuration is looked at once more first: an account may be new. */
export async function findSigningAccounts(
  configuration: ConfigurationCache,
  rawBody: Buffer,
  header: string | undefined,
): Promise<Account[]> {
  const snapshot = await configuration.get();
  const signers = signersIn(snapshot, rawBody, header);
  if (signers.length > 0) return signers;
  const refreshed = await configuration.refreshNow();
  return refreshed === snapshot ? [] : signersIn(refreshed, rawBody, header);
}

const hasToken = (snapshot: ConfigurationSnapshot, given: string): boolean =>
  enabledIn(snapshot).filter((account) => isSameSecret(given, account.verifyToken)).length > 0;

/** True where an account has this verify token; all of them are compared, so that time tells nothing. */
export async function isVerifyToken(configuration: ConfigurationCache, given: string): Promise<boolean> {
  return hasToken(await configuration.get(), given) || hasToken(await configuration.refreshNow(), given);
}
