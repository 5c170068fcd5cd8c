import { describe, expect, it } from 'vitest';
import { describeGraph, type Graph } from '../../scenario-dsl/edit/describe-graph.ts';
import { countAtWays } from '../../web/src/features/builder/model/traffic.ts';

const graph = readGraph(`attendant: 2
scenario: hello
blocks:
  ask:
    send-message: { text: "Yes or no?", wait: { timeout: 10m } }
    exits: { timeout: bye }
  said:
    send-message: { text: Thanks }
    next: bye
  bye:
    exit: {}
`);

function readGraph(source: string): Graph {
  const read = describeGraph(source);
  if (!read) throw new Error('The scenario cannot be read');
  return read;
}

describe('the traffic of a scenario', () => {
  it('stands at each way out that leads somewhere, also where nobody went', () => {
    const ways = new Map([
      ['ask\nsaid', 1200],
      ['said\nbye', 7],
      // Of a block that is there no more.
      ['gone\nbye', 3],
    ]);
    const counts = countAtWays(graph, { conversations: 0, blocks: new Map(), ways }, (count) => `${count}×`);
    const of = (block: string, target: string): string[] =>
      (graph.blocks.find(({ id }) => id === block)?.exits ?? [])
        .filter((exit) => exit.target === target)
        .map(({ name }) => counts.get(`${block}: ${name}`) ?? '');
    expect(of('ask', 'said')).toContain('1200×');
    expect(of('ask', 'bye')).toEqual(['0×']);
    expect(of('said', 'bye')).toContain('7×');
    expect([...counts.keys()].some((key) => key.startsWith('gone'))).toBe(false);
  });
});
