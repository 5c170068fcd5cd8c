import type { RecordSource, SpokenMessage } from '../../adapters/mongo/records/record-terms.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';

/** A conversation of the benchmark with what was said in it. */
export interface SampleConversation extends RecordSource {
  conversation: ConversationRecord;
  wrapUps: { disposition: string }[];
}

export const SERVICES = 8;
export const AGENTS = 120;
const DISPOSITIONS = 20;
const VOCABULARY = 30_000;
const MESSAGES = 4;
const WORDS = 14;
const CHINESE_EVERY = 10;
const CHARACTERS = '請問訂單什麼時候會送到燈泡壞了可以退款嗎謝謝您幫我更改地址電話號碼週末門市';
const DAY_MS = 24 * 60 * 60_000;

/** Repeatable random numbers from 0 to 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The words of a language by how often they are said: the first is in almost every message. */
export function wordOfRank(rank: number): string {
  return `w${rank.toString(36)}`;
}

/** A conversation of so many days, by its number among all of them. */
export function createSample(
  number: number,
  { count, days, until }: { count: number; days: number; until: number },
): SampleConversation {
  const random = createRandom(number + 1);
  const startedAt = until - Math.floor(((count - number) / count) * days * DAY_MS);
  const [agent, waitMs] = [`agent-${Math.floor(random() * AGENTS)}`, Math.floor(random() * 120_000)];
  const isTaken = random() > 0.15;
  const conversation = {
    conversationId: `conversation-${number}`,
    revision: 1,
    pageId: 'page-1',
    psid: `customer-${Math.floor(random() * count * 0.6)}`,
    workflowId: `messenger:page-1:customer-${number}`,
    state: 'ended',
    owner: 'scenario',
    startedAt,
    queuedAt: startedAt + 30_000,
    ...(isTaken && { acceptedAt: startedAt + 30_000 + waitMs }),
    endedAt: startedAt + 600_000,
    endReason: 'exit',
    scenario: { name: 'support', version: 'a'.repeat(64) },
    entry: 'front-door',
    service: `service-${Math.floor(random() * SERVICES)}`,
    group: 'default',
    servedBy: isTaken ? [agent] : [],
    ...(random() < 0.05 && { labels: ['VIP'] }),
  } satisfies ConversationRecord;
  const isChinese = number % CHINESE_EVERY === 0;
  const say = isChinese ? sayChinese : sayWords;
  const message = (text: string): SpokenMessage => ({
    text,
    attachments: [],
    author: { kind: 'customer' },
    at: new Date(startedAt),
  });
  const messages = Array.from({ length: MESSAGES }, () => message(say(random)));
  // An order number that nobody else names.
  messages.push(message(`order ${orderOf(number)}`));
  const wrapUps = isTaken ? [{ disposition: `disposition-${Math.floor(random() * DISPOSITIONS)}` }] : [];
  return { conversation, messages, wrapUps };
}

/** What only this conversation names. */
export const orderOf = (number: number): string => `HH${700_000 + number}`;

/** By Zipf's law: the word of rank n is said 1/n times as often as the first. */
function sayWords(random: () => number): string {
  return Array.from({ length: WORDS }, () => wordOfRank(Math.floor(VOCABULARY ** random()))).join(' ');
}

function sayChinese(random: () => number): string {
  const characters = Array.from(CHARACTERS);
  return Array.from({ length: WORDS }, () => characters[Math.floor(random() * characters.length)]).join('');
}
