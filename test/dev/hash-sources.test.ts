import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSources } from '../../dev/stack/hash-sources.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'attendant-hash-'));
  await mkdir(path.join(root, 'api', 'session'), { recursive: true });
  await writeFile(path.join(root, 'api', 'session', 'log-in.ts'), 'one');
  await writeFile(path.join(root, 'package.json'), '{}');
});
afterEach(() => rm(root, { recursive: true }));

const hash = (): Promise<string> => hashSources(root, ['api', 'package.json']);

describe('the hash of sources, which names what is compiled from them', () => {
  it('stays the same while nothing changes', async () => {
    expect(await hash()).toBe(await hash());
  });

  it.each([
    ['a file below a folder changes', () => writeFile(path.join(root, 'api', 'session', 'log-in.ts'), 'two')],
    ['a file is added', () => writeFile(path.join(root, 'api', 'added.ts'), '')],
    ['a single file changes', () => writeFile(path.join(root, 'package.json'), '{ }')],
  ])('is another where %s', async (_what, change) => {
    const before = await hash();
    await change();
    expect(await hash()).not.toBe(before);
  });
});
