import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfiguration } from '../../cli/commands/apply/read-configuration.ts';
import { playFile } from '../../cli/commands/simulate/play-file.ts';
import { runCli } from '../../cli/main.ts';

const scenario = `attendant: 2
scenario: hotline
texts: [hotline.en.yaml, hotline.de.yaml]
language: $(item.referral.ref|en)
blocks:
  hello: { send-message: { text: { snippet: hello } }, next: end }
`;
const english = 'en:\n  hello: Hello, $(customer.firstName|you).\n';
const german = 'de:\n  # informal\n  hello: Hallo, $(customer.firstName|du).\n';
const tests = `tests:
  - name: in German
    steps: [{ customer: { referral: { ref: de } } }, { bot: 'Hallo, du.' }]
`;

let folder: string;
const at = (name: string): string => path.join(folder, name);

async function run(...args: string[]): Promise<{ code: number; lines: string }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const code = await runCli(args, { print, printError: print, env: {} });
  return { code, lines: lines.join('\n') };
}

function sourceOf([document]: readonly { value: unknown }[]): string {
  const value = document?.value;
  return typeof value === 'object' && value !== null && 'source' in value ? String(value.source) : '';
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'texts-'));
  const files = {
    'hotline.yaml': scenario,
    'hotline.en.yaml': english,
    'hotline.de.yaml': german,
    'hotline.test.yaml': tests,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(at(name), text)));
});

afterEach(() => rm(folder, { recursive: true }));

it('Texts of a scenario lie in a file for each language: check, test, diagram and simulate read them', async () => {
  expect(await run('check', folder)).toMatchObject({ code: 0, lines: expect.stringContaining('0 errors, 0 warnings') });
  expect(await run('test', folder)).toMatchObject({ code: 0, lines: expect.stringContaining('1 passed, 0 failed') });
  expect((await run('diagram', at('hotline.yaml'), '--mermaid')).lines).toContain('Hello,');
  const said: string[] = [];
  const print = (line: string): void => void said.push(line);
  const request = { scenario: at('hotline.yaml'), settings: undefined, isStepping: false };
  await playFile(request, { print, printError: print, env: {}, input: Readable.from(['Hi\n']) });
  expect(said.join('\n')).toContain('Hello, you.');
});

it('What is wrong in such a file is told at its own line, and what it lacks at its language', async () => {
  await writeFile(at('hotline.de.yaml'), german.replace('$(customer.firstName|du)', '$(customer.firstName|du'));
  expect((await run('check', at('hotline.yaml'))).lines).toContain(`${at('hotline.de.yaml')}:3:17 error: This $( has`);
  await writeFile(at('hotline.de.yaml'), `${german}  bye: Tschüs\n`);
  const { code, lines } = await run('check', at('hotline.yaml'), '--json');
  expect([code, JSON.parse(lines).reports[0].problems]).toEqual([
    1,
    [
      expect.objectContaining({ file: at('hotline.en.yaml'), line: 1, message: 'In en a text is missing: bye.' }),
      expect.objectContaining({ file: at('hotline.de.yaml'), line: 4, code: 'unused-snippet' }),
    ],
  ]);
  await rm(at('hotline.en.yaml'));
  expect(await run('check', at('hotline.yaml'))).toEqual({
    code: 1,
    lines: expect.stringMatching(
      /The file hotline\.en\.yaml of its texts cannot be read\.\n {4}Put it beside the scenario/,
    ),
  });
});

it('What is sent to be published holds all texts, and what was exported is the same scenario in one file', async () => {
  await writeFile(at('configuration.yaml'), 'kind: scenario\nfile: hotline.yaml\n');
  const { documents, problems } = await readConfiguration(folder, {});
  expect(problems).toEqual([]);
  expect(documents).toHaveLength(1);
  const source = sourceOf(documents);
  expect(source).toContain('  de:\n    # informal\n    hello: Hallo');
  // As `attendant export` writes it.
  await writeFile(at('exported.yaml'), source);
  expect(await run('check', at('exported.yaml'))).toMatchObject({ code: 0 });
  const again = await readConfiguration(at('exported.yaml'), {});
  expect(again.documents[0]?.value).toMatchObject({ source: await readFile(at('exported.yaml'), 'utf8') });
  expect(sourceOf(again.documents)).toBe(source);
});

it('are found where an absolute path says', async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'texts-of-others-'));
  try {
    const files = ['hotline.en.yaml', 'hotline.de.yaml'].map((name) => path.join(elsewhere, name));
    await Promise.all([writeFile(files[0] ?? '', english), writeFile(files[1] ?? '', german)]);
    await rm(at('hotline.en.yaml'));
    await writeFile(at('hotline.yaml'), scenario.replace('hotline.en.yaml, hotline.de.yaml', files.join(', ')));
    expect(await run('test', at('hotline.test.yaml'))).toMatchObject({ code: 0 });
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});
