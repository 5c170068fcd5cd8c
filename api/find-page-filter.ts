import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError, type InputProblem } from '../contracts/app-error.ts';
import type { PageFilter } from '../contracts/page-filter-schema.ts';
import type { AppDependencies } from './dependencies.ts';

/**
 * The Page that a list's query names, for the filter of the list; empty where it names none. A Page id of no account is
 * taken as it is: what was written stays when the account is deleted.
 * @throws AppError REQUEST_INVALID for a name of no account, for an id that is a name, and for both where they differ
 */
export async function findPageFilter(
  { configuration }: Pick<AppDependencies, 'configuration'>,
  { account, pageId }: PageFilter,
): Promise<{ pageId?: string }> {
  if (account === undefined && pageId === undefined) return {};
  const snapshot = await configuration.get();
  const named = account === undefined ? pageId : pageOfName(snapshot, account);
  if (named === undefined) throw refusal(unknownName(snapshot, account ?? ''));
  if (pageId === undefined) return { pageId: named };
  if (named !== pageId) throw refusal(otherPage);
  if (!snapshot.accountByPage(pageId) && pageOfName(snapshot, pageId) !== undefined) throw refusal(nameAsId);
  return { pageId };
}

function pageOfName(snapshot: ConfigurationSnapshot, name: string): string | undefined {
  return snapshot.accounts().find((account) => account.name === name)?.pageId;
}

function unknownName(snapshot: ConfigurationSnapshot, name: string): InputProblem {
  const remedy = snapshot.accountByPage(name)
    ? 'It is the id of a Page: give it as pageId.'
    : 'Give a name that GET /api/v1/accounts lists, or the id of a Page as pageId.';
  return { path: 'querystring.account', message: 'is the name of no account', remedy };
}

const otherPage: InputProblem = {
  path: 'querystring.pageId',
  message: "is not the account's Page",
  remedy: 'Give one of the two.',
};

const nameAsId: InputProblem = {
  path: 'querystring.pageId',
  message: 'is the name of an account, and the id of no Page',
  remedy: 'Give it as account.',
};

function refusal(problem: InputProblem): AppError {
  return new AppError('REQUEST_INVALID', { details: [problem] });
}
