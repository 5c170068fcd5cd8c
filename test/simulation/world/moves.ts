import type { ConversationRecord } from '../../../contracts/conversation-record.ts';
import type { AgentState } from '../../../contracts/routing.ts';
import { createRandom, isLucky, pickInteger, pickOne } from '../temporal/random.ts';

/**
 * A game of moves, each made when everything that followed from the one before is over: nothing depends on who is faster,
 * so it must end alike in a simulated world and on real servers.
 */
export type Move =
  | { type: 'write'; customer: number; count: number }
  | { type: 'choose'; agent: number; state: AgentState }
  | { type: 'accept' | 'reject' | 'say' | 'end'; agent: number };

export const MOVE_AGENTS = 2;
export const MOVE_CUSTOMERS = 3;
const MOVES = 14;

/** A scenario without a clock: nothing in it happens because time passes. */
export const MOVE_SCENARIO = `
attendant: 1
scenario: moves
blocks:
  hello:
    send-message: { text: "Hello" }
  find:
    find-agent: { skills: [support], timeout: 1h }
    exits: { no-agents: late, timeout: late }
  talk:
    connect-chat: { noAnswer: 1h }
    exits: { no-answer: find, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you" }
  out:
    goto: end
  late:
    send-message: { text: "Nobody is here" }
  end:
    exit: {}
`;

/** The moves of a seed; in the end every agent goes home. */
export function drawMoves(seed: number): Move[] {
  const next = createRandom(seed).stream('moves');
  const moves: Move[] = [{ type: 'choose', agent: 0, state: 'ready' }];
  while (moves.length < MOVES) {
    const agent = pickInteger(next, 0, MOVE_AGENTS - 1);
    const customer = pickInteger(next, 0, MOVE_CUSTOMERS - 1);
    const kinds: Move[] = [
      { type: 'write', customer, count: isLucky(next, 0.2) ? 3 : 1 },
      { type: 'write', customer, count: 1 },
      { type: 'accept', agent },
      { type: 'accept', agent: 0 },
      { type: 'say', agent },
      { type: 'end', agent },
      { type: 'reject', agent },
      { type: 'choose', agent, state: pickOne(next, ['ready', 'ready', 'not-ready', 'logged-out']) },
    ];
    moves.push(pickOne(next, kinds));
  }
  for (let agent = 0; agent < MOVE_AGENTS; agent += 1) moves.push({ type: 'choose', agent, state: 'logged-out' });
  return moves;
}

/** What an agent does with a conversation. */
type MoveCommand = { type: 'accept' | 'reject'; offerId: string } | { type: 'message'; text: string } | { type: 'end' };

/** Who makes the moves in one world; agents and customers by number. */
export interface Hands {
  write(customer: number, count: number): Promise<void>;
  choose(agent: number, state: AgentState): Promise<void>;
  command(agent: number, record: ConversationRecord, command: MoveCommand): Promise<void>;
  /** Resolves when nothing happens any more. */
  settle(): Promise<void>;
  records(): Promise<ConversationRecord[]>;
  usernameOf(agent: number): string;
}

/** Makes the moves, one after the other. */
export async function playMoves(moves: readonly Move[], hands: Hands): Promise<void> {
  for (const [index, move] of moves.entries()) {
    await make(move, index, hands);
    await hands.settle();
  }
}

async function make(move: Move, index: number, hands: Hands): Promise<void> {
  if (move.type === 'write') return hands.write(move.customer, move.count);
  if (move.type === 'choose') return hands.choose(move.agent, move.state);
  const username = hands.usernameOf(move.agent);
  const records = (await hands.records()).toSorted((a, b) => a.startedAt - b.startedAt);
  const isOffer = move.type === 'accept' || move.type === 'reject';
  const record = records.find(({ state, offer, agent }) =>
    isOffer ? state === 'offered' && offer?.agent === username : state === 'connected' && agent?.username === username,
  );
  if (record) await hands.command(move.agent, record, commandOf(move.type, index, record));
}

function commandOf(
  type: 'accept' | 'reject' | 'say' | 'end',
  index: number,
  { offer }: ConversationRecord,
): MoveCommand {
  if (type === 'accept' || type === 'reject') return { type, offerId: offer?.offerId ?? '' };
  return type === 'say' ? { type: 'message', text: `word ${index}` } : { type };
}

/** A message as both worlds can be compared by it. */
export interface OutcomeMessage {
  conversationId: string;
  seq: number;
  author: string;
  text: string;
  status: string;
}

/** What became of everybody, without names that differ from world to world. */
export function describeOutcome(
  records: readonly ConversationRecord[],
  messages: readonly OutcomeMessage[],
  { customers, agents }: { customers: readonly string[]; agents: readonly string[] },
): object[] {
  return records
    .toSorted((a, b) => customers.indexOf(a.psid) - customers.indexOf(b.psid) || a.startedAt - b.startedAt)
    .map(({ conversationId, psid, state, endReason, servedBy, chatEnd }) => ({
      customer: customers.indexOf(psid),
      state,
      endReason,
      servedBy: servedBy.map((username) => agents.indexOf(username)),
      chatEnd: chatEnd?.cause,
      transcript: messages
        .filter((message) => message.conversationId === conversationId)
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ author, text, status }) => `${author}: ${text} ${status}`),
    }));
}
