import { describe, expect, it } from 'vitest';
import { describeGraph, type Graph } from '../../scenario-dsl/edit/describe-graph.ts';
import { countAtWays, type Traffic } from '../../web/src/features/builder/model/traffic.ts';

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

const countIn = (drawn: Graph, ways: Traffic['ways']): Map<string, string> =>
  countAtWays(drawn, { conversations: 0, blocks: new Map(), ways }, (count) => `${count}×`);

describe('the traffic of a scenario', () => {
  it('stands at each way out that leads somewhere, also where nobody went', () => {
    const counts = countIn(graph, [
      { block: 'ask', exit: 'next', next: 'said', count: 1200 },
      // Of an earlier version, which told no ways.
      { block: 'said', exit: '', next: 'bye', count: 7 },
      // Of a block that is there no more.
      { block: 'gone', exit: 'next', next: 'bye', count: 3 },
    ]);
    const of = (block: string, target: string): string[] =>
      (graph.blocks.find(({ id }) => id === block)?.exits ?? [])
        .filter((exit) => exit.target === target)
        .map(({ name }) => counts.get(`${block}: ${name}`) ?? '');
    expect(of('ask', 'said')).toContain('1200×');
    expect(of('ask', 'bye')).toEqual(['0×']);
    expect(of('said', 'bye')).toContain('7×');
    expect([...counts.keys()].some((key) => key.startsWith('gone'))).toBe(false);
  });

  it('tells ways to the same block apart', () => {
    const finding = readGraph(`attendant: 2
scenario: hello
blocks:
  find:
    find-agent: { skills: [support], timeout: 5m }
    exits: { no-agents: nobody, timeout: nobody, queue-limit: nobody }
  talk:
    connect-chat: {}
  end: { exit: {} }
  nobody:
    send-message: { text: Nobody is here. }
`);
    const counts = countIn(finding, [
      { block: 'find', exit: 'no-agents', next: 'nobody', count: 4 },
      { block: 'find', exit: 'timeout', next: 'nobody', count: 9 },
      { block: 'find', exit: 'next', next: 'talk', count: 30 },
    ]);
    expect(counts.get('find: no-agents')).toBe('4×');
    expect(counts.get('find: timeout')).toBe('9×');
    expect(counts.get('find: queue-limit')).toBe('0×');
    expect(counts.get('find: next')).toBe('30×');
  });

  it('puts what went by a branch at the branch, also where the history calls it by another name', () => {
    const sorting = readGraph(`attendant: 2
scenario: hello
blocks:
  sort:
    switch: { variable: item.message, cases: { known: answer }, default: bye }
  answer:
    send-message: { text: It is like this. }
    next: bye
  bye:
    exit: {}
`);
    const counts = countIn(sorting, [
      { block: 'sort', exit: "$(item.message) == 'known'", next: 'answer', count: 5 },
      { block: 'sort', exit: 'default', next: 'bye', count: 2 },
    ]);
    expect(counts.get('sort: known')).toBe('5×');
    expect(counts.get('sort: default')).toBe('2×');
  });
});
