import type { HttpClient } from '../../../contracts/http-client.ts';
import { createApiClient, findApi, isApiFailure } from '../../api-client.ts';
import type { CommandIo } from '../../command.ts';

interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'failed' | 'not-run';
  message: string;
  remedy?: string | undefined;
}

/** What the doctor found about Attendant itself, or about one account. */
interface Examination {
  subject: string;
  checks: Finding[];
}

interface ExamineOptions {
  account: string | undefined;
  subscribe: boolean;
  isJson: boolean;
}

/** Runs every check and prints it. Exit code 1 where one failed. */
export async function examine(options: ExamineOptions, { env, print, printError }: CommandIo): Promise<number> {
  const examinations = await examineAll(options, env);
  const checks = examinations.flatMap((examination) => examination.checks);
  const count = (state: Finding['state']): number => checks.filter((check) => check.state === state).length;
  if (options.isJson) print(JSON.stringify({ examinations }, null, 2));
  else {
    for (const examination of examinations) printExamination(examination, print);
    const sum = `${count('ok')} ok, ${count('warning')} warnings, ${count('failed')} failed, ${count('not-run')} not run`;
    (count('failed') > 0 ? printError : print)(sum);
  }
  return count('failed') > 0 ? 1 : 0;
}

async function examineAll(options: ExamineOptions, env: NodeJS.ProcessEnv): Promise<Examination[]> {
  const checks: Finding[] = [];
  const attendant = { subject: 'Attendant', checks };
  try {
    const api = await findApi(env);
    const call = createApiClient(api);
    checks.push(...(await examineApi(call, api.url)));
    const listed = await call('GET /api/v1/accounts');
    if (!listed.ok) {
      checks.push({ ...failure('accounts', listed.error.message), remedy: 'Check ATTENDANT_ADMIN_TOKEN.' });
      return [attendant];
    }
    const names = listed.body.items.map(({ name }) => name).filter((name) => (options.account ?? name) === name);
    if (names.length === 0) checks.push(noAccount(options.account));
    const accounts: Examination[] = [];
    for (const name of names) accounts.push(await examineAccount(call, name, options.subscribe));
    return [attendant, ...accounts];
  } catch (error) {
    if (!isApiFailure(error)) throw error;
    checks.push({ ...failure('api', error.message), remedy: 'Start Attendant, or correct ATTENDANT_URL.' });
    return [attendant];
  }
}

async function examineApi(call: HttpClient, url: string): Promise<Finding[]> {
  const ready = await call('GET /readyz');
  const reachable: Finding = { check: 'api', state: 'ok', message: `Attendant answers at ${url}.` };
  if (ready.ok) return [reachable, { check: 'ready', state: 'ok', message: 'Temporal and MongoDB answer.' }];
  const { message, details } = ready.error;
  if (details.length === 0) return [reachable, failure('ready', message)];
  return [
    reachable,
    ...details.map((detail) => ({ ...failure('ready', `${detail.path} ${detail.message}`), remedy: detail.remedy })),
  ];
}

async function examineAccount(call: HttpClient, name: string, subscribe: boolean): Promise<Examination> {
  const response = await call('POST /api/v1/accounts/:name/test', { params: { name }, body: { subscribe } });
  if (!response.ok) return { subject: `account ${name}`, checks: [failure('test', response.error.message)] };
  return { subject: `account ${name} (Page ${response.body.pageId})`, checks: response.body.checks };
}

const failure = (check: string, message: string): Finding => ({ check, state: 'failed', message });

function noAccount(asked: string | undefined): Finding {
  if (asked !== undefined)
    return { ...failure('accounts', `There is no account "${asked}".`), remedy: 'Check its name.' };
  const remedy = 'Apply one: docs/facebook-setup.md.';
  return { check: 'accounts', state: 'warning', message: 'There is no account yet.', remedy };
}

function printExamination({ subject, checks }: Examination, print: CommandIo['print']): void {
  print(subject);
  for (const { check, state, message, remedy } of checks) {
    print(`  ${state.padEnd(7)}  ${check.padEnd(20)}  ${message}`);
    if (remedy !== undefined) print(`${' '.repeat(33)}→ ${remedy}`);
  }
  print('');
}
