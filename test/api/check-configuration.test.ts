import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkCommand } from '../../cli/commands/check.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const search = (skill: string): string => `attendant: 1
scenario: search
blocks:
  find: { find-agent: { skills: [${skill}] }, exits: { timeout: end, no-agents: end, queue-limit: end } }
  talk: { connect-chat: {} }
  end: { exit: {} }
`;

const starts = (name: string): string => `attendant: 2
scenario: starts
blocks:
  call: { start-another-scenario: { scenario: ${name} }, exits: { failed: end } }
  open: { business-hours: { hours: ofice } }
`;

let api: TestApi;
let url: string;
let folder: string;
let printed: string[];
let errors: string[];

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-check-'));
  await writeFile(path.join(folder, 'support.yaml'), search('support'));
  await writeFile(path.join(folder, 'billing.yaml'), search('billing'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await api.stop();
});

beforeEach(() => {
  [printed, errors] = [[], []];
});

const check = (args: string[], env: Record<string, string> = {}): Promise<number> =>
  checkCommand.run(args, { env, print: (line) => printed.push(line), printError: (line) => errors.push(line) });

describe('attendant check --config <url>', () => {
  it('passes a search that an agent of the running Attendant satisfies', async () => {
    expect(await check([path.join(folder, 'support.yaml'), '--config', url, '--token', ADMIN_TOKEN])).toBe(0);
    expect(printed.join('\n')).toMatch(/ok\s+agents-can-be-found/);
  });

  it('refuses a search that none of its agents satisfies', async () => {
    const env = { ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN };
    expect(await check([path.join(folder, 'billing.yaml'), '--config', `${url}/`], env)).toBe(1);
    expect(printed.join('\n')).toContain('[nobody-has-the-skills]');
  });

  it('knows what a scenario starts that is published there, and names that are not there', async () => {
    const file = path.join(folder, 'starts.yaml');
    const run = async (name: string): Promise<string> => {
      await writeFile(file, starts(name));
      printed = [];
      await check([file, '--config', url, '--token', ADMIN_TOKEN]);
      return printed.join('\n');
    };
    expect(await run('tiny')).toMatch(/ok\s+started-scenarios-exist/);
    expect(printed.join('\n')).toContain('The configuration has no hours "ofice".');
    expect(await run('tini')).toContain('Did you mean "tiny"?');
  });

  it('says that a token is wrong, and does not print it', async () => {
    expect(await check([path.join(folder, 'support.yaml'), '--config', url, '--token', 'wrong-token'])).toBe(1);
    expect(errors.join('\n')).toContain('Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.');
    expect(errors.join('\n')).not.toContain('wrong-token');
  });
});
