import { array, assert, nat, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { buildFlow, type Flow, type FlowWay } from '../../../scenario-dsl/checks/flow.ts';
import { spread } from '../../../scenario-dsl/checks/spread.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';

const QUESTIONS = 70;

interface Edge {
  from: number;
  to: number;
  on: number[];
  off: number[];
}

const turns = uniqueArray(nat(QUESTIONS - 1), { maxLength: 4 });
const edges = array(record({ from: nat(9), to: nat(9), on: turns, off: turns }), { maxLength: 30 });

function flowOf(all: readonly Edge[]): { flow: Flow; edgeOf: (way: FlowWay) => Edge } {
  const { document } = parseScenario('attendant: 2\nscenario: t\nblocks: { b0: { exit: {} } }');
  if (!document) throw new Error('no scenario');
  const ways = all.map(({ from, to }): FlowWay => {
    return { from: `b${from}`, to: `b${to}`, way: 'next', by: 'scenario', minMs: 0, maxMs: 0, sets: [] };
  });
  const flow = {
    ...buildFlow(document),
    start: 'b0',
    ways,
    waysFrom: (id: string) => ways.filter((way) => way.from === id),
  };
  return { flow, edgeOf: (way) => all[ways.indexOf(way)] ?? { from: 0, to: 0, on: [], off: [] } };
}

/** The same question by question: a search over blocks and the answer there. */
function searchOne(all: readonly Edge[], question: number): Set<number> {
  const seen = new Set(['0 yes']);
  for (const key of seen) {
    const [block, answer] = key.split(' ');
    for (const { to, on, off } of all.filter(({ from }) => from === Number(block))) {
      const isSo = on.includes(question) || (answer === 'yes' && !off.includes(question));
      seen.add(`${to} ${isSo ? 'yes' : 'no'}`);
    }
  }
  return new Set([...seen].flatMap((key) => (key.endsWith('yes') ? Number(key.split(' ')[0]) : [])));
}

describe('What is looked for about many things at once', () => {
  it('is what a search for each of them finds', () => {
    assert(
      property(edges, (all) => {
        const { flow, edgeOf } = flowOf(all);
        const isSo = spread(flow, QUESTIONS, edgeOf);
        for (let question = 0; question < QUESTIONS; question += 1) {
          const found = searchOne(all, question);
          const told = Array.from({ length: 10 }, (_, block) => block).filter((block) => isSo(question, `b${block}`));
          expect(new Set(told)).toEqual(found);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('looks at each block a few times, however many blocks, things and ways back there are', () => {
    const count = 2000;
    const all = Array.from({ length: count }, (_, from) => [
      { from, to: (from + 1) % count, on: [], off: [from % QUESTIONS] },
      { from, to: Math.min(count - 1, from + 2), on: [], off: [] },
      { from, to: Math.floor(from / 2), on: [(from * 7) % QUESTIONS], off: [] },
    ]).flat();
    const { flow, edgeOf } = flowOf([]);
    const ways = new Map<string, FlowWay[]>();
    const edgesByWay = new Map<FlowWay, Edge>();
    for (const edge of all) {
      const way: FlowWay = {
        from: `b${edge.from}`,
        to: `b${edge.to}`,
        way: 'next',
        by: 'scenario',
        minMs: 0,
        maxMs: 0,
        sets: [],
      };
      ways.set(way.from, [...(ways.get(way.from) ?? []), way]);
      edgesByWay.set(way, edge);
    }
    let looks = 0;
    const counted: Flow = {
      ...flow,
      waysFrom: (block) => {
        looks += 1;
        return ways.get(block) ?? [];
      },
    };
    spread(counted, QUESTIONS, (way) => edgesByWay.get(way) ?? edgeOf(way));
    expect(looks / count).toBeLessThan(20);
  });
});

const retries = (count: number): string =>
  [
    'attendant: 2\nscenario: menu\nblocks:',
    ...Array.from(
      { length: count },
      (_, n) => `
  q${n}: { send-message: { text: 'Q?', wait: { into: x${n}, timeout: 1m } }, exits: { timeout: t${n} } }
  s${n}: { switch: { variable: x${n}, cases: { Menu: q0 }, default: k${n} } }
  t${n}: { set-variable: { tries${n}: '= $(tries${n}|0) + 1' } }
  u${n}: { if: [{ when: '$(tries${n}|0) < 3', go: q${n} }, { else: k${n} }] }
  k${n}: { log: { text: x } }`,
    ),
  ].join('\n');

describe('A counter that ends a round', () => {
  it('is found among many of them in one large round, and missed where one is set back', () => {
    expect(checkSource(retries(60)).problems).toEqual([]);
    const setBack = retries(60)
      .replace('t30: { set-variable: {', 't30: { set-variable: { tries31: 0,')
      .replace("t31: { set-variable: { tries31: '= $(tries31|0) + 1' } }", 't31: { set-variable: { tries31: 0 } }');
    expect(checkSource(setBack).problems.map(({ code }) => code)).toContain('endless-silence');
  });
});
