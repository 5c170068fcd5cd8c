import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import { floorMessageSignal, type FloorActivities, type FloorMessage } from './floor-message.ts';

const { reply } = proxyActivities<FloorActivities>({ startToCloseTimeout: '30s' });

/** The smallest actor: takes a signal, runs one activity, for ever. Both floors run this one. */
export async function floor(): Promise<void> {
  const inbox: FloorMessage[] = [];
  setHandler(floorMessageSignal, (message) => void inbox.push(message));
  for (;;) {
    await condition(() => inbox.length > 0);
    const message = inbox.shift();
    if (message) await reply(message);
  }
}
