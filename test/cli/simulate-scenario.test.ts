import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../../cli/commands/simulate.ts';
import { testCommand } from '../../cli/commands/test.ts';

let folder: string;
let file: string;
let printed: string[];
let errors: string[];

const scenario = `attendant: 2
scenario: tea
title: Tea room
blocks:
  ask: { send-message: { text: "Tea?", quickReplies: [{ title: Tea }, { title: Coffee }], wait: { into: drink } }, exits: { timeout: end } }
  find: { find-agent: { skills: [tea], timeout: 3m }, exits: { no-agents: end, timeout: end, queue-limit: end } }
  talk: { connect-chat: {}, exits: { no-answer: end } }
  end: { exit: {} }
`;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-play-'));
  file = path.join(folder, 'tea.yaml');
  await writeFile(file, scenario);
  [printed, errors] = [[], []];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function play(lines: string[], ...args: string[]): Promise<number> {
  const input = Readable.from([`${lines.join('\n')}\n`]);
  const io = { env: {}, print: (line: string) => printed.push(line), printError: (line: string) => errors.push(line) };
  return simulate(['--scenario', file, ...args], { ...io, input });
}

describe('attendant simulate --scenario', () => {
  it('plays a draft with its buttons, agents and timers, from a pipe', async () => {
    expect(await play(['Hi', '1', '/agent ann accept', '/agent ann end', '/variables drink', '/path'])).toBe(0);
    expect(errors).toEqual([]);
    expect(printed).toEqual([
      'Tea room: write as the customer; /help says what else there is.',
      '          0s  customer: Hi',
      '          0s  scenario: Tea? [Tea] [Coffee]',
      '              1  Tea',
      '              2  Coffee',
      '-- in ask: next timer in 10m',
      '          0s  customer: Tea',
      '          0s  (the chat is offered to ann)',
      '-- in talk: offered to ann: /agent ann accept; next timer in 10s',
      '          0s  ann: (accepts)',
      '-- in talk: in the chat with ann: /agent ann says …, or end',
      '          0s  ann: (leaves: UserHangup)',
      '          0s  (the conversation ends)',
      '-- ended in end; /back takes the last step back',
      '$(drink) "Tea"',
      'ask: next',
      'find: next',
      'talk: target-disconnected',
      'end: exit',
    ]);
  });

  it('goes back, and on by another way', async () => {
    expect(await play(['Hi', 'Tea', '/back', '/after 10m', '/path'])).toBe(0);
    expect(printed).toContain('-- 1 taken back; the last lines are:');
    expect(printed.slice(-2)).toEqual(['ask: timeout', 'end: exit']);
  });

  it('lets the next thing happen on an empty line: here the timer of the question', async () => {
    expect(await play(['Hi', '', '/path'])).toBe(0);
    expect(printed.at(-2)).toBe('ask: timeout');
  });

  it('goes one message at a time with --step', async () => {
    expect(await play(['Hi', '', '/timers'], '--step')).toBe(0);
    expect(printed).toContain('-- in ask: a message is under way: an empty line goes on');
    expect(printed.at(-1)).toBe('in 10m');
  });

  it('takes faults and time as test files have them', async () => {
    expect(await play(['/sends fail', 'Hi', '/path'])).toBe(0);
    expect(printed.slice(-1)).toEqual(['ask: send-error']);
  });

  it('takes agents and variables of the test file beside it, or of the one that is named', async () => {
    const settings = 'agents: { eve: { skills: { tea: 5 } } }\ntests: [{ name: a, steps: [{ customer: Hi }] }]\n';
    await writeFile(path.join(folder, 'tea.test.yaml'), settings);
    await writeFile(path.join(folder, 'other.test.yaml'), settings.replace('eve', 'bob'));
    expect(await play(['/agents'])).toBe(0);
    expect(printed.at(-1)).toBe('eve (eve): ready; tea 5');
    expect(await play(['/agents'], '--settings', path.join(folder, 'other.test.yaml'))).toBe(0);
    expect(printed.at(-1)).toBe('bob (bob): ready; tea 5');
  });

  it('saves what was played as a test that passes, and never over another file', async () => {
    const saved = path.join(folder, 'tea.test.yaml');
    expect(await play(['Hi', '2', '/agent ann accept', '/agent ann end', `/save ${saved}`])).toBe(0);
    const io = { env: {}, print: () => {}, printError: (line: string) => errors.push(line) };
    expect(await testCommand.run([saved], io)).toBe(0);
    expect(await readFile(saved, 'utf8')).toContain('- tap: Coffee');
    expect(await play([`/save ${saved}`])).toBe(1);
    expect(errors).toEqual([`${saved} is there already: choose another name.`]);
  });

  it('refuses a line with the reason, goes on, and ends with 1 in a pipe', async () => {
    expect(
      await play(['Hi', '/agnt ann', '/after soon', '/agent zoe accept', '/agent ann accept', '/back x', 'Tea']),
    ).toBe(1);
    expect(errors).toEqual([
      '/agnt is nothing known. Did you mean /agent?',
      '"soon" is not a time. Write numbers and units: 10m, 23h59m, 1d.',
      'There is no agent zoe in "agents"; known are: ann, ben.\n    Next: write as the customer, a number to press a button, or an empty line to let the next thing happen by itself.',
      'ann is offered no chat.\n    offered: nobody\n    Next: write as the customer, a number to press a button, or an empty line to let the next thing happen by itself.',
      'Write /back, or /back 3 for three steps.',
    ]);
    expect(printed.at(-1)).toContain('-- in talk: offered to ann');
  });

  it.each([
    [
      ['/back'],
      'There is no step to take back. Next: write as the customer; the first message opens the conversation.',
    ],
    [['/after 1m'], 'Next: write as the customer; the first message opens the conversation.'],
    [['Hi', 'Tea', 'x', '/agent ben accept'], 'Next: /agent ann accept, or reject.'],
    [
      ['Hi', 'Tea', '/agent ann accept', '/agent ben end'],
      'Next: /agent ann says …, or end; or write as the customer.',
    ],
    [['Hi', '/after 10m', ''], 'Next: /back takes the last step back, /save keeps the conversation as a test.'],
    [['/stepping on', 'Hi', '/agent ann accept'], 'Next: an empty line sends the message that is held back.'],
  ])('says what to do next where it cannot go on: %j', async (lines, next) => {
    await play(lines);
    expect(errors.at(-1)).toContain(next);
  });

  it('asks for the inputs of a scenario, and where to give them', async () => {
    await writeFile(file, scenario.replace('blocks:', 'inputs: { brand: text }\nblocks:'));
    expect(await play(['Hi'])).toBe(1);
    expect(errors.join('\n')).toMatch(
      /needs its input "brand".*\n?.*Give it in "variables" of the settings: .*tea.test.yaml/,
    );
    await writeFile(
      path.join(folder, 'tea.test.yaml'),
      'variables: { brand: Moon }\ntests: [{ name: a, steps: [{ customer: Hi }] }]\n',
    );
    expect(await play(['Hi'])).toBe(0);
  });

  it('tells line and column of a scenario that cannot be played', async () => {
    await writeFile(file, scenario.replace('timeout: end', 'timeout: ende'));
    expect(await play(['Hi'])).toBe(1);
    expect(errors.join('\n')).toContain(`${file}:5:`);
    expect(
      await simulate(['--scenario', 'no.yaml'], {
        env: {},
        print: () => {},
        printError: (l) => errors.push(l),
        input: Readable.from([]),
      }),
    ).toBe(1);
    expect(errors.at(-1)).toBe('no.yaml cannot be read: is the path right?');
  });

  it('refuses options that do not go together', async () => {
    await expect(play([], '--page', '1')).rejects.toThrow('name one');
  });
});
