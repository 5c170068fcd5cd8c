import { describe, expect, it } from 'vitest';
import { parseBlocks, startRun } from '../scenario-run.ts';

const hours = `
ask: { business-hours: { hours: "$(which)" }, exits: { closed: closed, failed: broken } }
open: { wait: { for: 1s } }
closed: { wait: { for: 1s } }
broken: { wait: { for: 1s } }
`;

describe('Business Hours', () => {
  it('asks for the hours by name, with the variables in it', () => {
    const run = startRun(hours, { variables: { which: 'office' } });
    expect(run.effects).toEqual([
      {
        kind: 'operation',
        id: 'ask:1',
        operation: { name: 'check-business-hours', hours: 'office' },
        timeoutMs: 10_000,
      },
    ]);
  });

  it('asks for hours that the block holds itself, days as numbers', () => {
    const run = startRun(`
ask:
  business-hours:
    open: [{ days: [mon, sun], from: "09:00", to: "17:00" }]
    closedOn: ["2026-12-25", { date: "2026-12-24", from: "14:00" }]
    timeZone: Europe/Berlin
`);
    expect(run.lastEffect).toMatchObject({
      operation: {
        schedule: {
          open: [{ days: [1, 7], from: '09:00', to: '17:00' }],
          closedOn: ['2026-12-25', { date: '2026-12-24', from: '14:00' }],
        },
        timeZone: 'Europe/Berlin',
      },
    });
  });

  it('goes on when it is open, and tells when that changes', () => {
    const run = startRun(hours).complete('done', { isOpen: true, nextChangeAt: '2026-11-22T17:00:00Z' });
    expect(run.block).toBe('open');
    expect(run.variables['hours']).toEqual({ isOpen: true, nextChangeAt: '2026-11-22T17:00:00Z' });
  });

  it.each([
    ['closed', 'it is not', 'done'],
    ['broken', 'they cannot be looked up', 'failed'],
    ['broken', 'the answer is none', 'no-data'],
  ] as const)('leads to %s when %s', (block, _when, outcome) => {
    expect(startRun(hours).complete(outcome, { isOpen: false }).block).toBe(block);
  });

  it('takes failed when no answer comes in time, and ignores one that comes later', () => {
    const run = startRun(hours);
    const { id } = run.lastEffect;
    run.wait(10_000);
    expect(run.block).toBe('broken');
    run.tell({ type: 'operation.completed', effectId: id, outcome: 'done', values: { isOpen: true } });
    expect(run.block).toBe('broken');
  });

  it.each([
    ['bad-time', '{ open: [{ days: [mon], from: "9:00", to: "17:00" }] }'],
    ['bad-date', '{ open: [{ days: [mon], from: "09:00", to: "17:00" }], closedOn: ["25.12.2026"] }'],
    ['bad-hours', '{ hours: office, open: [{ days: [mon], from: "09:00", to: "17:00" }] }'],
    ['bad-hours', '{ closedOn: ["2026-12-25"] }'],
    ...['{ date: "2026-12-24" }', '{ date: "2026-12-24", from: "14:00", to: "13:00" }'].map((part) => [
      'bad-hours',
      `{ open: [{ days: [mon], from: "09:00", to: "17:00" }], closedOn: [${part}] }`,
    ]),
  ])('is refused with %s: %s', (code, fields) => {
    expect(parseBlocks(`a: { business-hours: ${fields} }`).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

const split = `
draw: { a-b-split: { branches: [{ go: a, weight: 3 }, { go: b }, { go: c, weight: 4 }], sticky: "test-$(n)" } }
a: { wait: { for: 1s } }
b: { wait: { for: 1s } }
c: { wait: { for: 1s } }
`;

describe('A/B Split', () => {
  it('asks for a number that stays the same for the name of its experiment', () => {
    expect(startRun(split, { variables: { n: 1 } }).lastEffect).toMatchObject({
      operation: { name: 'draw-number', sticky: 'test-1' },
    });
  });

  it.each([
    [0, 'a'],
    [0.374, 'a'],
    [0.375, 'b'],
    [0.499, 'b'],
    [0.5, 'c'],
    [0.999, 'c'],
  ])('by weights of 3, 1 and 4 the number %d leads to %s', (number, block) => {
    const run = startRun(split).complete('done', { number });
    expect(run.block).toBe(block);
    expect(run.result.path).toEqual([{ block: 'draw', way: `branch-${block}` }]);
  });

  it('takes the first branch when no number can be drawn', () => {
    expect(startRun(split).complete('failed').block).toBe('a');
    expect(startRun(split).wait(10_000).block).toBe('a');
  });
});

describe('Log', () => {
  it('records its text and goes on at once', () => {
    const run = startRun('a: { log: { text: "Asked: $(q)", level: warning } }\nb: { wait: { for: 1s } }', {
      variables: { q: 'why' },
    });
    expect(run.effects).toEqual([
      { kind: 'annotate', id: 'a:1', annotation: { name: 'log', level: 'warning', text: 'Asked: why' } },
    ]);
    expect(run.block).toBe('b');
  });
});
