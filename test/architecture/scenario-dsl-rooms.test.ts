import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = 'scenario-dsl';

/** Each room with those that it may import from beside contracts/. Arrows run up this table only, so there is no way round. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  problems: [],
  expression: [],
  machine: ['expression'],
  blocks: ['expression', 'machine'],
  document: ['expression', 'machine', 'blocks'],
  parse: ['problems', 'blocks', 'document'],
  compile: ['expression', 'machine', 'blocks', 'document'],
  run: ['expression', 'machine', 'compile'],
  move: ['expression', 'machine', 'blocks', 'document', 'compile', 'run'],
  edit: ['problems', 'blocks', 'document', 'parse'],
  checks: ['problems', 'expression', 'machine', 'blocks', 'document', 'parse', 'compile'],
  export: ['machine', 'blocks', 'document', 'compile', 'checks'],
  testing: ['problems', 'expression', 'machine', 'blocks', 'document', 'parse', 'compile', 'run', 'checks'],
  'back-test': ['machine', 'blocks', 'document', 'compile', 'run'],
  'time-travel': ['machine', 'document', 'testing', 'back-test'],
};

interface Arrow {
  file: string;
  from: string;
  to: string;
}

/** Every import, also of types, from one room into another. */
function listArrows(): Arrow[] {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => {
    const file = path.join(ROOT, name);
    const specifiers = [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)];
    return specifiers
      .map(([, specifier = '']) => path.join(path.dirname(file), specifier))
      .filter((target) => target.startsWith(`${ROOT}/`))
      .map((target) => ({ file, from: roomOf(file), to: roomOf(target) }))
      .filter(({ from, to }) => from !== to);
  });
}

function roomOf(file: string): string {
  return file.split(path.sep)[1] ?? '';
}

it('Every file of scenario-dsl lies in a room', () => {
  const entries = readdirSync(ROOT, { withFileTypes: true });
  expect(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)).toEqual([]);
  expect(entries.map(({ name }) => name).toSorted()).toEqual(Object.keys(ROOMS).toSorted());
});

it('A room of scenario-dsl imports only from the rooms that the table allows', () => {
  const forbidden = listArrows().filter(({ from, to }) => !ROOMS[from]?.includes(to));
  expect(forbidden.map(({ file, from, to }) => `${file}: ${from} may not import from ${to}`)).toEqual([]);
});

it('The table allows nothing that nobody uses, and no arrow back', () => {
  const used = new Set(listArrows().map(({ from, to }) => `${from} → ${to}`));
  const allowed = Object.entries(ROOMS).flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`));
  expect(allowed.filter((arrow) => !used.has(arrow))).toEqual([]);
  const order = Object.keys(ROOMS);
  const isBack = ([from, targets]: [string, readonly string[]]): boolean =>
    targets.some((to) => order.indexOf(to) >= order.indexOf(from));
  expect(Object.entries(ROOMS).filter(isBack)).toEqual([]);
});
