import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const projectDir = path.join(import.meta.dirname, '..', '..');

it('The command is committed as an executable file: the first npx leaves a clone as it was', () => {
  const files = Object.values(packageJson.bin);
  const listed = execFileSync('git', ['ls-files', '-s', ...files], { cwd: projectDir, encoding: 'utf8' });
  expect(
    listed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s/)[0]),
  ).toEqual(files.map(() => '100755'));
});

/** The command as small as it can be. */
const main = (from: string): string =>
  `import { word } from '${from}';\n` +
  'export const runCli = (args: string[], io: { print: (line: string) => void }): number => {\n' +
  "  io.print([word, ...args].join(' '));\n  return args.length;\n};\n";

describe('The command of a checkout', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'attendant-checkout-'));
    for (const folder of ['cli', 'contracts', 'elsewhere', 'node_modules']) mkdirSync(path.join(root, folder));
    for (const file of ['attendant.mjs', 'bundle.mjs']) {
      cpSync(path.join(projectDir, 'cli', file), path.join(root, 'cli', file));
    }
    for (const name of ['esbuild', '@esbuild', 'tsx', 'get-tsconfig']) {
      symlinkSync(path.join(projectDir, 'node_modules', name), path.join(root, 'node_modules', name));
    }
    writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');
    write('contracts/word.ts', "export const word: string = 'one';");
    write('cli/main.ts', main('../contracts/word.ts'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [path.join(root, 'cli', 'attendant.mjs'), ...args], { encoding: 'utf8' });
  const bundles = (): string[] =>
    readdirSync(path.join(root, 'node_modules', '.cache', 'attendant')).filter((name) => name.startsWith('cli-'));

  /** Every write is a change, also within one tick of the file system's clock. */
  let changes = 0;
  function write(file: string, text: string): void {
    writeFileSync(path.join(root, file), text);
    changes += 1;
    utimesSync(path.join(root, file), changes, changes);
  }

  it('is bundled once for all sources that are the same, and again when one changes', () => {
    expect(run()).toBe('one\n');
    expect(run()).toBe('one\n');
    expect(bundles()).toHaveLength(1);
    write('contracts/word.ts', "export const word: string = 'two';");
    expect(run()).toBe('two\n');
    expect(bundles()).toHaveLength(2);
  });

  it('keeps few bundles that are no longer of use', () => {
    for (let index = 0; index < 6; index += 1) {
      write('contracts/word.ts', `export const word: string = 'w${index}';`);
      expect(run()).toBe(`w${index}\n`);
    }
    expect(bundles().length).toBeLessThanOrEqual(3);
  });

  it('runs from its sources where it cannot be bundled, or one of them would change unseen', () => {
    write('elsewhere/word.ts', "export const word: string = 'three';");
    write('cli/main.ts', main('../elsewhere/word.ts'));
    expect(run()).toBe('three\n');
    expect(bundles()).toEqual([]);
    rmSync(path.join(root, 'node_modules', 'esbuild'));
    write('cli/main.ts', main('../contracts/word.ts'));
    expect(run()).toBe('one\n');
  });
});

it('The command is bundled from this checkout, all of whose sources are watched', () => {
  const script = `import('${path.join(projectDir, 'cli', 'bundle.mjs')}').then(async ({ bundleSources }) =>
    console.log(await bundleSources('${projectDir}')))`;
  const printed = execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8' });
  expect(printed).toMatch(/node_modules\/\.cache\/attendant\/cli-[0-9a-f]+\/main\.js\n$/);
});
