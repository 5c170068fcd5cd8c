import type { AgentEvent } from '../../../contracts/history-event.ts';
import { split, type RecountSettings } from './recount-time.ts';

/** What agents were at, in pieces that lie in one bucket each. */
export function piecesOfStates(
  agents: readonly { username: string; events: readonly AgentEvent[] }[],
  settings: RecountSettings,
): { agent: string; activity: string; reason: string; from: number; to: number; isFirst: boolean }[] {
  return agents.flatMap(({ username: agent, events }) =>
    [...statesOf(events, settings.now), ...papersOf(events, settings.now)].flatMap(({ from, to, ...rest }) =>
      split(from, to, settings).map((piece) => ({ agent, ...rest, ...piece, isFirst: piece.from === from })),
    ),
  );
}

interface State {
  activity: string;
  reason: string;
  from: number;
  to: number;
}

/** Each event says a state that lasts until the next that says another. */
function statesOf(events: readonly AgentEvent[], now: number): State[] {
  const said = events.flatMap((event) => {
    if (event.type === 'logged-out') return [{ at: event.at, name: 'logged-out' as const, reason: '' }];
    if (event.type !== 'logged-in' && event.type !== 'state-changed') return [];
    return [{ at: event.at, name: event.data.state, reason: event.data.reason ?? '' }];
  });
  const news = said.filter(({ name, reason }, index) => {
    const before = said[index - 1];
    return !before || before.name !== name || before.reason !== reason;
  });
  return news
    .map(({ at, name, reason }, index) => ({ activity: name, reason, from: at, to: news[index + 1]?.at ?? now }))
    .filter(({ activity }) => activity !== 'logged-out');
}

function papersOf(events: readonly AgentEvent[], now: number): State[] {
  return events.flatMap((event, index) => {
    if (event.type !== 'after-work-begun') return [];
    const { conversationId } = event.data;
    const later = events
      .slice(index + 1)
      .filter(({ data }) => 'conversationId' in data && data.conversationId === conversationId);
    const again = later.findIndex(({ type }) => type === 'after-work-begun');
    const own = again === -1 ? later : later.slice(0, again);
    const end = own.find(({ type }) => type === 'after-work-ended');
    const extended = own.find((each) => each.type === 'after-work-extended');
    const until = extended?.type === 'after-work-extended' ? extended.data.until : event.data.until;
    return [{ activity: 'after-chat', reason: '', from: event.at, to: end?.at ?? Math.min(until, now) }];
  });
}
