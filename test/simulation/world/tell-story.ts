import { nameOf, recordsOf, type World } from './world.ts';

/** Tells what one actor says to another. */
export function tellSignal(world: World, workflowId: string, args: readonly unknown[]): void {
  if (!world.isTold) return;
  const from = workflowId.startsWith('dispatcher:') ? 'conversations' : 'dispatcher';
  for (const said of args.flat()) world.tell(from, `to ${workflowId}: ${describe(world, said)}`);
}

function describe(world: World, said: unknown): string {
  if (typeof said !== 'object' || said === null) return String(said);
  const { type, conversationId, requestId, agent, until, reason, position } = said as Record<string, unknown>;
  const of = typeof conversationId === 'string' ? nameOf(world, conversationId) : '';
  const username = typeof agent === 'object' && agent !== null ? (agent as { username: string }).username : agent;
  const words = [
    type,
    of,
    typeof requestId === 'string' ? `(${requestId})` : '',
    username,
    until ? 'for a while' : '',
    reason,
    position,
  ];
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}

/** Tells what the read model says anew of conversations. `told`: what it said before, by conversation. */
export function tellRecords(world: World, told: Map<string, string>): void {
  for (const { _id, state, agent, offer, owner, endReason, parkedParts = 0 } of recordsOf(world)) {
    const parts = [state, agent?.username ?? offer?.agent, owner === 'other-app' && 'another app speaks', endReason];
    if (parkedParts > 0) parts.push(`${parkedParts} parked`);
    const now = parts.filter(Boolean).join(', ');
    if (told.get(_id) === now) continue;
    told.set(_id, now);
    world.tell('record', `${nameOf(world, _id)} (${_id.slice(0, 4)}): ${now}`);
  }
}
