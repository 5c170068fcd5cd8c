import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../adapters/logger.ts';

function logOf(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  write(createLogger({ level: 'info', processName: 'api' }, sink));
  return lines.join('');
}

describe('the logger', () => {
  it('writes JSON lines with time, level and process', () => {
    const line = JSON.parse(logOf((logger) => logger.info({ conversationId: 'c-1' }, 'connected'))) as object;
    expect(line).toMatchObject({ level: 'info', process: 'api', conversationId: 'c-1', msg: 'connected' });
  });

  it('redacts secrets and texts, also one and two levels down', () => {
    const secret = 'do not write this';
    const log = logOf((logger) => {
      logger.info({ text: secret, account: { pageToken: secret }, req: { headers: { authorization: secret } } });
      logger.info({ headers: { cookie: secret }, part: { text: secret }, password: secret });
    });
    expect(log).not.toContain(secret);
  });

  it('writes of an error its type, message, code and causes, and nothing a driver hung on it', () => {
    const cause = Object.assign(new Error('inner'), { writeErrors: [{ op: { text: 'a customer wrote' } }] });
    const log = logOf((logger) => logger.error({ err: Object.assign(new Error('outer', { cause }), { code: 7 }) }));
    expect(log).toContain('"message":"inner"');
    expect(log).toContain('"code":7');
    expect(log).not.toContain('a customer wrote');
  });

  it('bounds a line, whatever makes it long, and keeps it JSON', () => {
    const long = 'x'.repeat(100_000);
    const log = logOf((logger) => {
      logger.error({ err: new Error(long) }, 'failed');
      logger.warn({ list: [long, long] }, 'odd');
      logger.warn(long);
    });
    const lines = log.trim().split('\n');
    expect(lines.every((line) => line.length < 17_000)).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', msg: 'failed' },
      { level: 'warn', msg: 'odd' },
      { level: 'warn' },
    ]);
  });
});
