import { compareProfile } from '../../adapters/messenger/page-profile.ts';
import type { PageInspector } from '../../adapters/messenger/page-inspector.ts';
import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { CheckResult } from '../../contracts/account-check-schema.ts';
import { failed, notRun, ok } from './assess-checks.ts';

const CHECK = 'page-profile';
const REMEDY = 'Run: npx attendant doctor --subscribe, which writes what the account says; or change the account.';

/**
 * Compares the page profile of an account with the one at Meta; with `write` it makes Meta's the account's first. An
 * account without a profile leaves the one at Meta alone.
 */
export async function checkPageProfile(
  inspector: PageInspector,
  account: Account,
  { write }: { write: boolean },
): Promise<CheckResult> {
  const { profile } = account;
  if (profile === undefined) return ok(CHECK, 'The account says nothing of the page profile: it stays as it is.');
  const found = await inspector.readProfile(account);
  if (!found.isKnown) return notRun(CHECK, found.reason);
  const change = compareProfile(profile, found.found);
  const differing = [...Object.keys(change.set), ...change.remove];
  if (differing.length === 0) return ok(CHECK, 'The page profile is the one of the account.');
  if (!write) return failed(CHECK, `The page profile differs from the account: ${differing.join(', ')}.`, REMEDY);
  const written = await inspector.writeProfile(account, change);
  if (!written.isKnown) return failed(CHECK, `The page profile was not written: ${written.reason}`, REMEDY);
  return ok(CHECK, `The page profile was written: ${differing.join(', ')}.`);
}
