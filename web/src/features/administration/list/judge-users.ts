import type { ConfigurationDocument } from '../../../../../contracts/configuration-schema.ts';
import { call } from '../../../shared/client/client.ts';
import { problemOf } from '../../../shared/client/problem-of.ts';
import type { CsvUser } from '../model/user-csv.ts';
import { t } from '../../../shared/i18n/i18n.ts';

/** A line of a table, and what becomes of it. */
export interface JudgedUser extends CsvUser {
  name: string;
  outcome?: 'created' | 'changed' | 'unchanged';
  problems: string[];
}

const nameOf = ({ document }: CsvUser): string => {
  const name = document?.['username'];
  return typeof name === 'string' ? name : '';
};

/** Has the api say what the lines come to, or carry them out: all or none. */
export async function judgeUsers(users: readonly CsvUser[], { dryRun }: { dryRun: boolean }): Promise<JudgedUser[]> {
  const judged = users.map((user): JudgedUser => ({
    ...user,
    name: nameOf(user),
    problems: user.problem ? [describe(user.problem)] : [],
  }));
  const sent = judged.filter(({ document, problem }) => document !== undefined && problem === undefined);
  if (sent.length === 0 || (!dryRun && sent.length < judged.length)) return judged;
  const documents = sent.map(({ document }) => document as unknown as ConfigurationDocument);
  const response = await call('POST /api/v1/configuration/apply', { body: { documents, dryRun, source: 'console' } });
  const refusal = response.ok ? [] : response.error.details;
  const isOfALine = refusal.some(({ path }) => path.startsWith('documents.'));
  for (const [index, line] of sent.entries()) {
    const outcome = response.ok ? response.body.items[index]?.outcome : undefined;
    if (outcome) line.outcome = outcome;
    if (response.ok) continue;
    // What is said of no line keeps each of them out.
    if (!isOfALine) line.problems.push(problemOf(response.error));
    const own = refusal.filter(({ path }) => path.startsWith(`documents.${index}.`) || path === `documents.${index}`);
    line.problems.push(
      ...own.map(({ path, message, remedy }) =>
        `${path.split('.').slice(2).join('.')} ${message}. ${remedy ?? ''}`.trim(),
      ),
    );
  }
  return judged;
}

function describe(problem: NonNullable<CsvUser['problem']>): string {
  return t(`admin:csv.problems.${problem.key}`, { cell: 'cell' in problem ? problem.cell : '' });
}
