import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyCommand } from '../../cli/commands/apply.ts';
import { readConfiguration } from '../../cli/commands/apply/read-configuration.ts';
import { nameVariable } from '../../cli/commands/export/name-variable.ts';
import { exportCommand } from '../../cli/commands/export.ts';
import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { arbitraryConfiguration } from '../support/arbitrary-configuration.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

let api: TestApi;
let folder: string;
let url: string;
let printed: string[];

async function begin(): Promise<void> {
  api = await startApi();
  url = await api.app.listen({ port: 0, host: '127.0.0.1' });
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-export-'));
}
async function end(): Promise<void> {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
}
beforeEach(begin);
afterEach(end);

type Command = typeof exportCommand;

function run(command: Command, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  printed = [];
  const print = (line: string): void => void printed.push(line);
  const address = { ATTENDANT_URL: url, ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN };
  return command.run(args, { env: { ...address, ...env }, print, printError: print });
}

/** The environment that an operator of this configuration has. */
function secretsOf(documents: readonly ConfigurationDocument[]): NodeJS.ProcessEnv {
  const pairs = documents.flatMap((document) => {
    if (document.kind === 'secret')
      return [[nameVariable(['secret', document.name, 'value']), document.value] as const];
    if (document.kind !== 'account') return [];
    return (['pageToken', 'appSecret', 'verifyToken'] as const).map(
      (field) => [nameVariable(['account', document.name, field]), document[field]] as const,
    );
  });
  return Object.fromEntries(pairs);
}

/** Applies, exports, and applies what was exported. Gives the lines of the second apply. */
async function roundTrip(documents: ConfigurationDocument[]): Promise<string[]> {
  const { status, body } = await api.apply(documents);
  expect([status, body.details]).toEqual([200, undefined]);
  const target = await mkdtemp(path.join(folder, 'round-'));
  expect(await run(exportCommand, [target])).toBe(0);
  expect(await run(applyCommand, [target], secretsOf(documents)), printed.join('\n')).toBe(0);
  return printed.join('\n').trim().split('\n');
}

const unchanged = (lines: string[]): void => {
  expect(lines.at(-1)).toBe(`0 created, 0 changed, ${String(lines.length - 2)} unchanged`);
};

describe('attendant export', () => {
  it('writes files of the demo that change nothing when they are applied', async () => {
    const { documents } = await readConfiguration('dev/demo/demo.yaml', {});
    const lines = await roundTrip(documents.map(({ value }) => value as ConfigurationDocument));
    expect(lines).toHaveLength(documents.length + 2);
    unchanged(lines);
  });

  it('writes files of any configuration that change nothing when they are applied', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConfiguration, async (generated) => {
        await end();
        await begin();
        const documents = [{ kind: 'scenario' as const, source: tinyScenario }, ...generated];
        const lines = await roundTrip(documents);
        expect(lines).toHaveLength(documents.length + 2);
        unchanged(lines);
      }),
      { numRuns: 8 },
    );
  });

  it('keeps what is stored where secrets are left out, and writes none of them', async () => {
    await api.apply([...smallConfiguration(), { kind: 'secret', name: 'crm', value: 'a-token-of-the-crm' }]);
    const target = path.join(folder, 'new/folder');
    expect(await run(exportCommand, [target, '--without-secrets'])).toBe(0);
    expect(await run(applyCommand, [target])).toBe(0);
    expect(printed.at(-1)).toContain('0 created, 0 changed, 8 unchanged');
    for (const name of ['accounts.yaml', 'secrets.yaml', 'users.yaml']) {
      const text = await readFile(path.join(target, name), 'utf8');
      expect(text).not.toMatch(/EAAB-1|app-secret-1|v-1|crm-|argon2|\$\{/);
    }
  });

  it('writes the version that an entry is pinned to, beside the one in force', async () => {
    await api.apply(smallConfiguration());
    const { body } = await api.call('GET', '/api/v1/scenarios', { token: ADMIN_TOKEN });
    const prefix = String(body.items[0].version).slice(0, 12);
    const entry = {
      kind: 'entry',
      name: 'front-door',
      account: 'shop',
      service: 'support',
      scenario: `tiny@${prefix}`,
    };
    const newer = tinyScenario.replace('Hello', 'Good day');
    await api.apply([entry, { kind: 'scenario', source: newer }]);
    expect(await run(exportCommand, [path.join(folder, 'a'), '--without-secrets'])).toBe(0);
    expect(await readFile(path.join(folder, 'a/scenarios/tiny.yaml'), 'utf8')).toBe(newer);
    expect(await readFile(path.join(folder, `a/scenarios/tiny@${prefix}.yaml`), 'utf8')).toBe(tinyScenario);
    expect(await run(applyCommand, [path.join(folder, 'a')])).toBe(0);
    expect(printed.at(-1)).toContain('0 created, 0 changed');
  });

  it('takes a folder that holds files only when told to', async () => {
    await api.apply(smallConfiguration());
    await run(exportCommand, [folder]);
    expect(await run(exportCommand, [folder])).toBe(1);
    expect(printed[0]).toMatch(/is not empty\n.+--overwrite/);
    expect(await run(exportCommand, [folder, '--overwrite'])).toBe(0);
  });

  it('asks for one folder', async () => {
    await expect(run(exportCommand, ['a', 'b'])).rejects.toThrow('Name one folder.');
  });
});
