import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../../cli/main.ts';

let folder: string;

const menu = (started: string): string => `attendant: 2
scenario: menu
blocks:
  desk: { start-another-scenario: { scenario: ${started}, variables: { brand: Urbana } } }
  survey: { send-message: { text: "It was $(outcome)." } }
`;
const desk = `attendant: 2
scenario: brand-desk
blocks:
  say: { send-message: { text: "Welcome to $(brand)." } }
  set: { set-variable: { outcome: solved } }
  back: { return: {} }
`;

async function check(...args: string[]): Promise<{ code: number; lines: string }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const code = await runCli(['check', ...args], { print, printError: print, env: {} });
  return { code, lines: lines.join('\n') };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'started-'));
  await writeFile(path.join(folder, 'menu.yaml'), menu('brand-desk'));
  await writeFile(path.join(folder, 'brand-desk.yaml'), desk);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

it('A check looks into the scenarios beside a file that it starts', async () => {
  const { code, lines } = await check(path.join(folder, 'menu.yaml'));
  expect([code, lines]).toEqual([0, expect.stringContaining('can be published: 0 errors, 0 warnings')]);
  expect(lines).toContain('ok       started-scenarios-exist');
});

it('A scenario that returns, and is given its variables by whoever starts it, can be published by itself', async () => {
  const { code, lines } = await check(path.join(folder, 'brand-desk.yaml'));
  expect([code, lines]).toEqual([0, expect.stringContaining('0 errors, 1 warning')]);
  expect(lines).toContain('whoever starts this scenario has to');
});

it('A starter that forgets a variable is told so, and one that misspells the name what is there', async () => {
  await writeFile(path.join(folder, 'menu.yaml'), menu('brand-desk').replace(', variables: { brand: Urbana }', ''));
  expect((await check(folder)).lines).toContain('In desk/say: $(brand) is read here, but not set');
  await writeFile(path.join(folder, 'menu.yaml'), menu('brand-dsk'));
  expect((await check(folder)).lines).toContain('Did you mean "brand-desk"?');
  await writeFile(path.join(folder, 'menu.yaml'), menu('elsewhere'));
  expect((await check(path.join(folder, 'menu.yaml'))).lines).toContain('not run  started-scenarios-exist');
});
