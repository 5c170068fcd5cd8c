import type { ActivityInterceptors } from '@temporalio/worker';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { findMark, requestMark } from '../../contracts/marked-result.ts';
import { markLocalResults } from '../../worker/mark-local-results.ts';

const args = ['page-1', 7];
const mark = requestMark('loadGroup', args);

/** What comes of a call of `loadGroup` whose code does this. */
function call(code: () => unknown, { isLocal = true } = {}): Promise<unknown> {
  const { inbound }: ActivityInterceptors = markLocalResults({ info: { isLocal, activityType: 'loadGroup' } as never });
  if (!inbound?.execute) return Promise.resolve('left alone');
  return inbound.execute({ args, headers: {} }, () => Promise.resolve().then(code));
}

const failureOf = (code: () => never): Promise<unknown> => call(code).catch((error: unknown) => error);

describe('a local activity says which request', () => {
  it('its result is that of', async () => {
    expect(await call(() => 'found')).toEqual({ mark, result: 'found' });
  });

  it('its failure is that of, with all else that it says', async () => {
    const given = { message: 'no such group', type: 'GROUP_NOT_FOUND', nonRetryable: true, details: ['support'] };
    const failure = await failureOf(() => {
      throw ApplicationFailure.create(given);
    });
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ ...given, details: ['support', { requestMark: mark }] });
    expect(findMark((failure as ApplicationFailure).details ?? undefined)).toBe(mark);
  });

  it('its failure is that of, where its code throws an error of its own', async () => {
    const failure = await failureOf(() => {
      throw new RangeError('too far');
    });
    expect(failure).toMatchObject({ message: 'too far', type: 'RangeError', nonRetryable: false });
    expect(findMark((failure as ApplicationFailure).details ?? undefined)).toBe(mark);
  });

  it('no more than that it was cancelled, where it was', async () => {
    const cancelled = new CancelledFailure('cancelled');
    expect(
      await failureOf(() => {
        throw cancelled;
      }),
    ).toBe(cancelled);
  });

  it('only where it is local', async () => {
    expect(await call(() => 'found', { isLocal: false })).toBe('left alone');
  });
});
