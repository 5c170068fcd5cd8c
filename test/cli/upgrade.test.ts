import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/main.ts';

const old = `attendant: 1 # mine\nscenario: sums\nblocks:\n  a: { set-variable: { x: '= 1' } }\n`;

describe('attendant upgrade', () => {
  let folder: string;
  let file: string;
  const lines: string[] = [];
  const io = { env: {}, print: (line: string) => lines.push(line), printError: (line: string) => lines.push(line) };

  beforeEach(async () => {
    lines.length = 0;
    folder = await mkdtemp(path.join(tmpdir(), 'upgrade-'));
    file = path.join(folder, 'sums.yaml');
    await writeFile(file, old);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('rewrites a file of an older version, once', async () => {
    expect(await runCli(['upgrade', file], io)).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(
      old.replace('attendant: 1', 'attendant: 2').replace("'= 1'", "'$(''='') 1'"),
    );
    expect(lines).toEqual([`${file}: version 1 → 2, 1 value rewritten`]);
    expect(await runCli(['upgrade', folder], io)).toBe(0);
    expect(lines).toHaveLength(1);
  });

  it('only looks with --check, and fails where there is something to do', async () => {
    expect(await runCli(['upgrade', folder, '--check'], io)).toBe(1);
    expect(await readFile(file, 'utf8')).toBe(old);
  });

  it('says what it cannot read', async () => {
    await writeFile(file, 'attendant: 9\nscenario: x\n');
    expect(await runCli(['upgrade', file], io)).toBe(1);
    expect(lines.join()).toContain('"attendant" must be 1 or 2.');
    expect(await runCli(['upgrade'], io)).toBe(2);
  });
});
