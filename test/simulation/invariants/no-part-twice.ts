import { messagesOf } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

export const noPartTwice: Invariant = {
  title: 'no part reaches a customer twice, unless it is marked',
  survivesReset: true,
  watch(world) {
    const times = new Map<string, number>();
    let looked = 0;
    return () => {
      const { delivered } = world.graph;
      for (; looked < delivered.length; looked += 1) {
        const { partId = '', text, psid } = delivered[looked] ?? {};
        const count = (times.get(partId) ?? 0) + 1;
        times.set(partId, count);
        const isMarked = messagesOf(world).get(partId)?.isResentAfterUnknown === true;
        const allowed = 1 + Number(isMarked) + (world.retried.get(partId) ?? 0);
        if (count > allowed) return `"${text}" reached ${psid} ${count} times`;
      }
      return undefined;
    };
  },
};
