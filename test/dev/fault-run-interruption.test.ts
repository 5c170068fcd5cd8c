import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { watchForInterruption } from '../../dev/fault-run/interruption.ts';

describe('a fault run that is ended from outside', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('learns of %s, and exits as shells expect', (name, exitCode) => {
    const signals = new EventEmitter();
    const interruption = watchForInterruption({ signals, outputs: [] });
    expect(interruption.exitCode()).toBeUndefined();
    signals.emit(name);
    signals.emit('SIGTERM');
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.exitCode()).toBe(exitCode);
  });

  it('learns that nobody reads its output, and survives further writes', () => {
    const [stdout, stderr] = [new EventEmitter(), new EventEmitter()];
    const interruption = watchForInterruption({ signals: new EventEmitter(), outputs: [stdout, stderr] });
    for (const output of [stderr, stderr, stdout]) output.emit('error', new Error('EPIPE'));
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.exitCode()).toBe(141);
  });
});
