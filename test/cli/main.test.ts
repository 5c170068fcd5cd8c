import { describe, expect, it } from 'vitest';
import { runCli } from '../../cli/main.ts';

async function run(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const exitCode = await runCli(args, {
    env: {},
    print: (line) => lines.stdout.push(line),
    printError: (line) => lines.stderr.push(line),
  });
  return { exitCode, stdout: lines.stdout.join('\n'), stderr: lines.stderr.join('\n') };
}

describe('attendant', () => {
  it('lists its commands when asked for help or for nothing', async () => {
    for (const args of [['help'], ['--help'], []]) {
      const { exitCode, stdout } = await run(...args);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^ {2}start +run everything on this machine/m);
    }
  });

  it('explains a command with its options when asked', async () => {
    const { exitCode, stdout } = await run('check', 'some.yaml', '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: attendant check <file|folder>');
    expect(stdout).toContain('ATTENDANT_ADMIN_TOKEN');
  });

  it('prints nothing that commands a terminal: what customers wrote and others named is shown as it is', async () => {
    const { stderr } = await run('\u001B[2J\u009B1A\rche\tck\r\n');
    expect(stderr).toContain('"\\u001b[2J\\u009b1A\\u000dche\tck\r\n" is not a command');
  });

  it('refuses an unknown command with exit code 2 and names the one that was meant', async () => {
    expect(await run('strat')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '"strat" is not a command of attendant. Did you mean "start"?',
    });
    expect((await run('quite-different')).stderr).toContain('Commands: start, ');
  });

  it('refuses an unknown option with exit code 2 and shows the usage', async () => {
    const { exitCode, stderr } = await run('start', '--prot', '3001');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Unknown option '--prot'");
    expect(stderr).toContain('Usage: attendant start');
  });

  it('refuses a wrong environment with exit code 1 before it starts anything', async () => {
    const { exitCode, stderr } = await run('start', '--port', 'abc');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('ATTENDANT_PORT must be a port');
  });
});
