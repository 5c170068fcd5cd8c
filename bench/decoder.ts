import { decodeWebhook } from '../adapters/messenger/decode-webhook.ts';
import { createPsid } from './load/conversations.ts';
import { messagingEvent, webhookBody } from './load/webhook-client.ts';
import { show, type BenchmarkResult, type Measurement } from './report/measurement.ts';
import { median, percentile, timeRepeated } from './report/statistics.ts';

const PAGE_ID = '210619364650001';
const REPEATS = 200;
const WITHIN_MS = 4000;

/** Bodies that stress the decoder, each beside a bare `JSON.parse` of the same bytes. */
export function measureDecoder(): BenchmarkResult {
  const bodies = {
    '1 message': webhookBody(PAGE_ID, [messagingEvent(PAGE_ID, createPsid(), 'What is my balance?')]),
    '1,000 events': webhookBody(PAGE_ID, messages(1000)),
    '1,000 events, ids as numbers': withNumericIds(webhookBody(PAGE_ID, messages(1000))),
    '300 KB of escapes in one text': escapedBody(300 * 1024),
  };
  const measured = Object.entries(bodies).map(([name, body]) => measureBody(name, body));
  return { lines: measured.map(({ line }) => line), raw: measured.map(({ raw }) => raw) };
}

function measureBody(name: string, body: Buffer): { line: Measurement; raw: unknown } {
  const bounds = { times: REPEATS, withinMs: WITHIN_MS };
  const decode = (): unknown => decodeWebhook(body, Date.now());
  const parse = (): unknown => JSON.parse(body.toString('utf8'));
  timeRepeated(decode, { times: 20, withinMs: 1000 });
  timeRepeated(parse, { times: 20, withinMs: 1000 });
  const ours = timeRepeated(decode, bounds);
  const bare = timeRepeated(parse, bounds);
  const megabytesPerSecond = body.length / 1_000_000 / (median(ours) / 1000);
  const line = {
    benchmark: 'decoder',
    what: `decodeWebhook, ${name} (${Math.round(body.length / 1024)} KB)`,
    ours: `${show(median(ours), ' ms')}, ${show(megabytesPerSecond, ' MB/s')}`,
    ratio: `${show(median(ours) / median(bare))} x JSON.parse`,
  };
  const raw = { name, bytes: body.length, p50: median(ours), p99: percentile(ours, 0.99), jsonParseP50: median(bare) };
  return { line, raw };
}

function messages(count: number): object[] {
  return Array.from({ length: count }, () => messagingEvent(PAGE_ID, createPsid(), 'What is my balance, please?'));
}

/** Meta's older form: ids of 16 digits as numbers, which a plain `JSON.parse` would round. */
function withNumericIds(body: Buffer): Buffer {
  return Buffer.from(body.toString('utf8').replaceAll(/"id":"(\d+)"/g, '"id":$1'));
}

/** Meta escapes every character beyond ASCII; the slashes too. */
function escapedBody(bytes: number): Buffer {
  const text = String.raw`\u00e4\/\ud83d\ude00`.repeat(Math.floor(bytes / 20));
  const body = webhookBody(PAGE_ID, [messagingEvent(PAGE_ID, createPsid(), '@')]).toString('utf8');
  return Buffer.from(body.replace('"text":"@"', () => `"text":"${text}"`));
}
