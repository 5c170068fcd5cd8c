import { describe, expect, it } from 'vitest';
import { classifyDoubt } from '../../activities/resolve-doubt.ts';

const SENT_AT = Date.UTC(2026, 10, 22, 12);
const SECOND = 1000;

function row(doubtedFor: number, more: object = {}): Parameters<typeof classifyDoubt>[0] {
  return { sendingSince: new Date(SENT_AT), doubtfulSince: new Date(SENT_AT + SECOND - doubtedFor), ...more };
}

/** Checks at one second after the send, with a doubt that began `doubtedFor` before. */
function classify(doubtedFor: number, evidence: Parameters<typeof classifyDoubt>[1] = {}, more: object = {}): string {
  return classifyDoubt(row(doubtedFor, more), evidence, { onUnknown: 'hold', now: SENT_AT + SECOND });
}

const laterEcho = { lastEchoAt: new Date(SENT_AT + 500), lastEchoedSendAt: new Date(SENT_AT + 100) };
const earlierEcho = { lastEchoAt: new Date(SENT_AT - 1000), lastEchoedSendAt: new Date(SENT_AT - 2000) };

describe('a part whose outcome is in doubt', () => {
  it('waits 20 seconds for its echo, whatever else is known', () => {
    expect(classify(0, laterEcho)).toBe('wait');
    expect(classify(20 * SECOND - 1, laterEcho)).toBe('wait');
  });

  it('is sent once more when echoes of later parts came and its own did not', () => {
    expect(classify(20 * SECOND, laterEcho)).toBe('resend');
  });

  it('waits longer on a quiet Page whose echoes worked before, then is sent once more', () => {
    expect(classify(30 * SECOND - 1, earlierEcho)).toBe('wait');
    expect(classify(30 * SECOND, earlierEcho)).toBe('resend');
  });

  it('is never sent a third time', () => {
    expect(classify(20 * SECOND, laterEcho, { isResentAfterUnknown: true })).toBe('unknown');
  });

  it('stays unknown on a Page that gives no echoes, unless the account asks for a repeat', () => {
    expect(classify(20 * SECOND)).toBe('unknown');
    expect(classifyDoubt(row(20 * SECOND), {}, { onUnknown: 'resend', now: SENT_AT + SECOND })).toBe('resend');
  });

  it('counts echoes of the day before as none', () => {
    const longAgo = { lastEchoAt: new Date(SENT_AT - 25 * 60 * 60 * SECOND) };
    expect(classify(30 * SECOND, longAgo)).toBe('unknown');
  });

  it('begins to wait when the doubt begins, not when it was sent: a stack that was down hears the echoes first', () => {
    const sentAnHourAgo = { sendingSince: new Date(SENT_AT - 60 * 60 * SECOND) };
    expect(classify(SECOND, laterEcho, sentAnHourAgo)).toBe('wait');
  });
});
