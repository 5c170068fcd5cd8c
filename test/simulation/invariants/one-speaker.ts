import { messagesOf, recordsOf } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** What was on its way when the thread was taken still arrives. */
const ON_ITS_WAY_MS = 20_000;

export const oneSpeaker: Invariant = {
  title: 'nobody of us speaks while another app has the thread',
  watch(world) {
    const takenAt = new Map<string, number>();
    let looked = 0;
    return () => {
      for (const { psid, owner, state } of recordsOf(world)) {
        if (state === 'ended') continue;
        if (owner !== 'other-app') takenAt.delete(psid);
        else if (!takenAt.has(psid)) takenAt.set(psid, world.elapsedMs());
      }
      const { delivered } = world.graph;
      for (; looked < delivered.length; looked += 1) {
        const message = delivered[looked];
        const since = message && takenAt.get(message.psid);
        const part = message && messagesOf(world).get(message.partId);
        if (!message || !part || since === undefined || message.at - since < ON_ITS_WAY_MS) continue;
        return `"${message.text}" reaches ${message.psid} although another app has the thread`;
      }
      return undefined;
    };
  },
};
