import { getDurationMs } from '../../contracts/duration.ts';
import { toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { WaitFields } from './wait-schema.ts';

/**
 * Lets time pass. The customer's messages do not shorten it; the last one is `$(item.message)` afterwards.
 * Source: Bright Pattern guide, Wait (seconds there, decimals allowed).
 */
export const wait: BlockBehaviour<WaitFields> = {
  ways: (fields) => {
    const ms = getDurationMs(fields.for);
    return [{ way: 'next', by: 'clock', minMs: ms, maxMs: ms }];
  },
  state: (fields, wiring) => ({ after: { [getDurationMs(fields.for)]: toState(wiring.next) } }),
};
