import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../cli/commands/apply/read-configuration.ts';
import { nameVariable } from '../../cli/commands/export/name-variable.ts';
import { writeConfiguration } from '../../cli/commands/export/write-configuration.ts';
import { configurationDocumentSchema, type ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { arbitraryConfiguration } from '../support/arbitrary-configuration.ts';

/** What `apply` reads of files. */
async function readBack(files: Map<string, string>, env: NodeJS.ProcessEnv): Promise<unknown[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'attendant-export-'));
  try {
    for (const [name, text] of files) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const { documents, problems } = await readConfiguration(folder, env);
    expect(problems).toEqual([]);
    return documents.map(({ value }) => value);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const sorted = (documents: readonly unknown[]): string[] => documents.map((each) => JSON.stringify(each)).toSorted();

describe('exported files', () => {
  it('are read back to the documents that were written, whatever their texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConfiguration, async (documents) => {
        const { files } = writeConfiguration({ documents, pinnedScenarios: [] }, { hasSecrets: false });
        expect(sorted(await readBack(files, {}))).toEqual(sorted(documents));
      }),
      { numRuns: 60 },
    );
  });

  it('name secrets as variables of the environment', async () => {
    const documents: ConfigurationDocument[] = [
      { kind: 'account', name: 'my-shop', pageId: '1' },
      { kind: 'secret', name: 'CRM token' },
    ];
    const { files, variables } = writeConfiguration({ documents, pinnedScenarios: [] }, { hasSecrets: true });
    expect(variables).toEqual([
      'ACCOUNT_MY_SHOP_PAGE_TOKEN',
      'ACCOUNT_MY_SHOP_APP_SECRET',
      'ACCOUNT_MY_SHOP_VERIFY_TOKEN',
      expect.stringMatching(/^SECRET_CRM_TOKEN_[0-9A-F]{8}_VALUE$/),
    ]);
    const env = Object.fromEntries(variables.map((variable) => [variable, `value of ${variable}`]));
    expect(await readBack(files, env)).toMatchObject([
      { kind: 'account', pageToken: 'value of ACCOUNT_MY_SHOP_PAGE_TOKEN' },
      { kind: 'secret', value: `value of ${String(variables.at(-1))}` },
    ]);
  });

  it('hold each scenario as its author wrote it, in a file of its own', async () => {
    const source = '# mine\r\nattendant: 2\nscenario: tiny\n';
    const documents: ConfigurationDocument[] = [{ kind: 'scenario', source, file: '../../../etc/tiny.yaml' }];
    const pinnedScenarios = [{ name: 'tiny', version: '0123456789abcdef', source: 'attendant: 2\n' }];
    const { files } = writeConfiguration({ documents, pinnedScenarios }, { hasSecrets: true });
    expect([...files.keys()].toSorted()).toEqual([
      'scenarios.yaml',
      'scenarios/tiny.yaml',
      'scenarios/tiny@0123456789ab.yaml',
    ]);
    expect(await readBack(files, {})).toEqual([{ kind: 'scenario', source, file: 'scenarios/tiny.yaml' }]);
  });
});

describe('the generated configurations', () => {
  it('hold every field that a document can have, so that a new one is exported, too', () => {
    const found = new Map<string, Set<string>>();
    for (const { kind, ...fields } of fc.sample(arbitraryConfiguration, { numRuns: 200, seed: 1 }).flat()) {
      const names = found.get(kind) ?? new Set();
      found.set(kind, new Set([...names, ...Object.keys(fields)]));
    }
    const wanted = configurationDocumentSchema.options
      .map(({ shape: { kind, ...fields } }) => [kind.value, Object.keys(fields).toSorted()] as const)
      .filter(([kind]) => kind !== 'scenario');
    for (const [kind, fields] of wanted)
      expect([kind, [...(found.get(kind) ?? [])].toSorted()]).toEqual([kind, fields]);
  });
});

describe('the variable of a secret', () => {
  it('is another one for names that look alike', () => {
    const names = ['shop-1', 'shop 1', 'shop_1', 'Shop-1', 'магазин', 'ресторан'];
    const variables = names.map((name) => nameVariable(['account', name, 'pageToken']));
    expect(new Set(variables).size).toBe(names.length);
    for (const variable of variables) expect(variable).toMatch(/^[A-Z][A-Z0-9_]*$/);
  });
});
