import { scaledStateBytes } from '../world/scale-payload-limits.ts';
import type { Invariant } from './invariant.ts';

/** Continue-as-new is suggested long before; what a busy moment adds is little. */
const MOST_EVENTS = 12_000;
const MOST_STATE_BYTES = 1_500_000;

export const historyIsBounded: Invariant = {
  title: 'history and state are bounded',
  survivesReset: true,
  watch: (world) => () => {
    for (const { workflowId, historyLength, startArgs } of world.service.context.current.values()) {
      if (historyLength > MOST_EVENTS) return `${workflowId} has ${historyLength} events`;
      if (startArgs.length > scaledStateBytes(MOST_STATE_BYTES, world.plan.byteScale))
        return `${workflowId} carries ${startArgs.length} bytes`;
    }
    return undefined;
  },
};
