import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');

it.each(['docs/glossary.md', 'ARCHITECTURE.md'])('%s names files and folders that are there', async (file) => {
  const text = await readFile(path.join(root, file), 'utf8');
  const named = [...text.matchAll(/`([a-z][\w-]*\/[\w/.-]+)`/g)].flatMap(([, found]) => (found ? [found] : []));
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((found) => !existsSync(path.join(root, found)))).toEqual([]);
});
