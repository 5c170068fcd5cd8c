import { isLucky } from '../temporal/random.ts';
import type { DeliveredMessage } from './simulated-graph.ts';
import type { World } from './world.ts';

const LOST_ECHOES = 0.05;
const SHORTEST_MS = 150;
const LONGEST_MS = 2500;
const AGAIN_AFTER_MS = 5000;

/** Messenger sends what the Page said back as a webhook: it settles a part whose answer was lost. */
export function createEchoes(world: () => World): (message: DeliveredMessage) => void {
  return (message) => {
    const { random, scheduler } = world();
    const next = random.stream(`echo ${message.partId}`);
    world().tell('Graph', `delivers "${message.text}" to ${message.psid}`);
    if (isLucky(next, LOST_ECHOES)) return;
    scheduler.schedule(SHORTEST_MS + next() * (LONGEST_MS - SHORTEST_MS), () => deliver(world(), message));
  };
}

function deliver(world: World, message: DeliveredMessage): void {
  const { partId, psid, mid, text } = message;
  const event = {
    outcome: 'echo' as const,
    pageId: world.pageId,
    psid,
    at: Math.floor(world.scheduler.now),
    channel: 'messaging' as const,
    key: `echo-${mid}`,
    mid,
    appId: 'our-app',
    metadata: partId,
    text,
    attachments: [],
  };
  world.apiReadModel.events.recordEvent(event).catch(() => {
    world.scheduler.schedule(AGAIN_AFTER_MS, () => deliver(world, message));
  });
}
