import { beforeEach, describe, expect, it } from 'vitest';
import { diagramCommand } from '../../cli/commands/diagram.ts';

let printed: string[];
let errors: string[];

beforeEach(() => {
  [printed, errors] = [[], []];
});

const run = (...args: string[]): Promise<number> =>
  diagramCommand.run(args, { env: {}, print: (line) => printed.push(line), printError: (line) => errors.push(line) });

describe('attendant diagram', () => {
  it('prints a machine as JSON', async () => {
    expect(await run('scenarios/mobile-chat.yaml', '--xstate')).toBe(0);
    expect(JSON.parse(printed.join('\n'))).toMatchObject({ id: 'mobile-chat', initial: '(idle)' });
  });

  it('prints a diagram', async () => {
    expect(await run('scenarios/mobile-chat.yaml', '--mermaid')).toBe(0);
    expect(printed[0]).toMatch(/^stateDiagram-v2\n/);
  });

  it('tells what is wrong with the file', async () => {
    expect(await run('absent.yaml', '--mermaid')).toBe(1);
    expect(await run('scenarios/mobile-chat.test.yaml', '--mermaid')).toBe(1);
    expect(errors[0]).toBe('absent.yaml cannot be read: is the path right?');
    expect(errors[1]).toMatch(/^scenarios\/mobile-chat\.test\.yaml:\d+:\d+ /);
  });

  it('asks for one file and one form', async () => {
    await expect(run('--mermaid')).rejects.toThrow('Name one file.');
    await expect(run('a.yaml')).rejects.toThrow('Choose --xstate or --mermaid.');
    await expect(run('a.yaml', '--xstate', '--mermaid')).rejects.toThrow('Choose --xstate or --mermaid.');
  });
});
