import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../../adapters/messenger/decode-webhook.ts';
import { groupByCustomer } from '../../../api/webhook/group-by-customer.ts';

const START = Date.UTC(2026, 10, 21);

/** One thing that happened on a Page, as Messenger writes it; its place in the history makes it unlike any other. */
interface Happening {
  page: string;
  item: object;
}

const kinds = [
  'message',
  'nameless message',
  'postback',
  'nameless postback',
  'optin',
  'referral',
  'echo',
  'odd',
] as const;

function contentOf(kind: (typeof kinds)[number], index: number): object {
  const mid = `m${index}`;
  switch (kind) {
    case 'message':
      return { message: { mid, text: 'same words' } };
    case 'nameless message':
      return { message: { text: 'same words' }, timestamp: START + index };
    case 'postback':
      return { postback: { mid, payload: 'GO' } };
    case 'nameless postback':
      return { postback: { payload: 'GO' }, timestamp: START + index };
    case 'optin':
      return { optin: { ref: 'r' }, timestamp: START + index };
    case 'referral':
      return { referral: { ref: 'r' }, timestamp: START + index };
    case 'echo':
      return { message: { mid, is_echo: true } };
    case 'odd':
      return { [`odd${index}`]: [] };
  }
}

const histories = fc
  .array(
    fc.record({
      page: fc.constantFrom('100', '101'),
      psid: fc.constantFrom('200', '201', 'x"]'),
      kind: fc.constantFrom(...kinds),
      hasTime: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows) =>
    rows.map(({ page, psid, kind, hasTime }, index): Happening => {
      const [sender, recipient] = kind === 'echo' ? [page, psid] : [psid, page];
      const envelope = { sender: { id: sender }, recipient: { id: recipient } };
      const time = hasTime ? { timestamp: START + index } : {};
      return { page, item: { ...envelope, ...time, ...contentOf(kind, index) } };
    }),
  );

/** A history as it is delivered: each thing once or more, in any order, cut into bodies anywhere. */
const deliveries = histories.chain((history) =>
  fc.record({
    history: fc.constant(history),
    order: fc.array(fc.nat(history.length - 1), { maxLength: 30 }).chain((repeats) => {
      const all = [...history.keys(), ...repeats];
      return fc.shuffledSubarray([...all.keys()], { minLength: all.length }).map((at) => at.map((n) => all[n] ?? 0));
    }),
    cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
  }),
);

/** Each neighbouring run of one Page is an entry. Time of entry and of receipt are those of the delivery. */
function toBody(happenings: readonly Happening[], now: number): Buffer {
  const entry: { id: string; time: number; messaging: object[] }[] = [];
  for (const { page, item } of happenings) {
    const last = entry.at(-1);
    if (last?.id === page) last.messaging.push(item);
    else entry.push({ id: page, time: now, messaging: [item] });
  }
  return Buffer.from(JSON.stringify({ object: 'page', entry }));
}

/** What actors take of bodies: the keys by Page and customer, each once, as an actor remembers them. */
function handle(bodies: readonly Buffer[]): { handled: string[]; isSorted: boolean } {
  const handled = new Set<string>();
  let isSorted = true;
  for (const [index, body] of bodies.entries()) {
    const decoded = decodeWebhook(body, START + 1_000_000 + index);
    if (!decoded.isJson) throw new Error('not JSON');
    for (const { conversationKey, waking } of groupByCustomer(decoded.events)) {
      isSorted &&= waking.every(({ at }, n) => n === 0 || (waking[n - 1]?.at ?? 0) <= at);
      for (const { event } of waking) handled.add(JSON.stringify([conversationKey, event.key]));
    }
  }
  return { handled: [...handled].toSorted(), isSorted };
}

describe('whatever order, repetition and cut of bodies', () => {
  it('the same messages are handled, each once, and those of a body by time', () => {
    fc.assert(
      fc.property(deliveries, ({ history, order, cuts }) => {
        const bodies: Buffer[] = [];
        for (let from = 0, n = 0; from < order.length; n += 1) {
          const size = cuts[n % cuts.length] ?? 1;
          const part = order.slice(from, from + size).flatMap((index) => history[index] ?? []);
          bodies.push(toBody(part, START + 500_000 + n));
          from += size;
        }
        const { handled, isSorted } = handle(bodies);
        expect(isSorted).toBe(true);
        expect(handled).toEqual(handle([toBody(history, START)]).handled);
        const waking = history.filter(({ item }) => !JSON.stringify(item).match(/is_echo|odd/));
        expect(handled).toHaveLength(waking.length);
      }),
      { numRuns: 500 },
    );
  });
});
