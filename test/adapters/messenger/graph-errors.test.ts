import { describe, expect, it } from 'vitest';
import type { GraphErrorRow } from '../../../adapters/messenger/graph-error-rows.ts';
import { classifyGraphError } from '../../../adapters/messenger/graph-errors.ts';

type Row = [code: number, subcode: number | undefined, cls: GraphErrorRow['class'], scope: GraphErrorRow['scope']];

const RETRYABLE = new Set(['retry', 'rate-limited', 'page-paused']);

/** The table of Meta's error codes (docs of 18 March 2026 and the libraries' tables), row by row. */
const ROWS: Row[] = [
  [1, undefined, 'retry', 'message'],
  [1, 99, 'retry', 'message'],
  [1, 1357046, 'ambiguous', 'message'],
  [2, undefined, 'retry', 'customer'],
  [2, 2018344, 'page-permission', 'page'],
  [4, undefined, 'rate-limited', 'app'],
  [4, 2018022, 'rate-limited', 'app'],
  [4, 2018354, 'final-message', 'customer'],
  [9, 2018352, 'final-message', 'customer'],
  [17, undefined, 'rate-limited', 'app'],
  [32, undefined, 'rate-limited', 'page'],
  [613, undefined, 'rate-limited', 'page'],
  [80001, undefined, 'rate-limited', 'page'],
  [80002, undefined, 'rate-limited', 'page'],
  [80006, undefined, 'rate-limited', 'page'],
  [341, undefined, 'rate-limited', 'app'],
  [368, undefined, 'page-policy', 'page'],
  [1200, undefined, 'retry', 'message'],
  [10, 2018278, 'window-closed', 'customer'],
  [10, 2534022, 'window-closed', 'customer'],
  [10, 2018065, 'window-closed', 'customer'],
  [10, 2018108, 'final-customer', 'customer'],
  [100, undefined, 'final-message', 'message'],
  [100, 2018001, 'final-customer', 'customer'],
  [100, 2018109, 'final-message', 'message'],
  [100, 2018034, 'final-message', 'message'],
  [100, 2018218, 'final-customer', 'customer'],
  [100, 33, 'page-permission', 'page'],
  [190, undefined, 'page-token', 'page'],
  [190, 458, 'page-token', 'page'],
  [190, 459, 'page-token', 'page'],
  [190, 460, 'page-token', 'page'],
  [190, 463, 'page-token', 'page'],
  [190, 467, 'page-token', 'page'],
  [200, undefined, 'page-permission', 'page'],
  [299, undefined, 'page-permission', 'page'],
  [200, 1545041, 'final-customer', 'customer'],
  [551, 1545041, 'final-customer', 'customer'],
  [551, undefined, 'final-customer', 'customer'],
  [200, 2018028, 'page-permission', 'app'],
  [230, undefined, 'page-permission', 'page'],
  [10303, undefined, 'final-message', 'message'],
  [546, undefined, 'final-message', 'message'],
  [200, 1893063, 'page-paused', 'page'],
  [10, 2534122, 'page-paused', 'page'],
  [1, 2534029, 'page-paused', 'page'],
];

function classify(
  error: object,
  httpStatus = 400,
  headers?: Record<string, string>,
): ReturnType<typeof classifyGraphError> {
  return classifyGraphError(httpStatus, { error }, headers && new Headers(headers));
}

describe('a Graph error', () => {
  it.each(ROWS)('%s/%s is %s, about the %s', (...[code, subcode, cls, scope]) => {
    const error = classify({ code, ...(subcode !== undefined && { error_subcode: subcode }) }, 500);
    expect(error).toMatchObject({ code, class: cls, scope, retryable: RETRYABLE.has(cls) });
    expect(error.operatorMessage).toMatch(/\.$/);
  });

  it('without a row is retried where the status is 5xx', () => {
    expect(classify({ code: 9999 }, 503)).toMatchObject({ class: 'retry', retryable: true });
  });

  it('without a row is retried where Meta calls it transient', () => {
    expect(classify({ code: 9999, is_transient: true })).toMatchObject({ class: 'retry', retryable: true });
  });

  it('without a row is final otherwise', () => {
    expect(classify({ code: 9999 })).toMatchObject({ class: 'final-message', retryable: false });
  });

  it('that says only 429 asks for fewer calls', () => {
    expect(classifyGraphError(429, undefined)).toMatchObject({ class: 'rate-limited', retryable: true });
  });

  it.each([undefined, null, 'text', [], { error: 'text' }, { error: { code: {} } }])(
    'is classified from the body %j',
    (body) => {
      expect(classifyGraphError(400, body)).toMatchObject({ class: 'final-message', httpStatus: 400 });
    },
  );

  it('reads codes written as texts', () => {
    expect(classify({ code: '190', error_subcode: '463' })).toMatchObject({
      code: 190,
      subcode: 463,
      class: 'page-token',
    });
  });

  it('keeps the words and the trace of Meta', () => {
    const error = classify({ code: 100, message: '(#100) No matching user found', fbtrace_id: 'Az1' });
    expect(error).toMatchObject({ metaMessage: '(#100) No matching user found', traceId: 'Az1' });
  });

  it('never repeats a token Meta quotes', () => {
    const token = 'EAAGm0PX4ZCpsBAKZCxxxxxxxxxxxxx';
    expect(JSON.stringify(classify({ code: 190, message: `Malformed access token ${token}` }))).not.toContain(token);
  });
});

describe('the delay an answer asks for', () => {
  it('is that of Retry-After', () => {
    expect(classify({ code: 613 }, 400, { 'retry-after': '7' }).retryAfterMs).toBe(7000);
  });

  it('is the time to regain access, in minutes', () => {
    const usage = JSON.stringify({ '42': [{ type: 'messenger', estimated_time_to_regain_access: 3 }] });
    expect(classify({ code: 80006 }, 400, { 'x-business-use-case-usage': usage }).retryAfterMs).toBe(180_000);
  });

  it('is that of the table where the answer names none', () => {
    expect(classify({ error_subcode: 1893063 }).retryAfterMs).toBe(1_800_000);
  });

  it.each(['soon', 'Wed, 21 Oct 2026 07:28:00 GMT', '-1', ''])('is none for Retry-After %j', (retryAfter) => {
    expect(classify({ code: 613 }, 400, { 'retry-after': retryAfter })).not.toHaveProperty('retryAfterMs');
  });

  it('is none where the error is final', () => {
    expect(classify({ code: 190 }, 400, { 'retry-after': '7' })).not.toHaveProperty('retryAfterMs');
  });
});
