import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../contracts/duration.ts';
import { parseTimeSpan } from '../../../scenario-dsl/testing/parse-time-span.ts';
import { parseBlocks, ScenarioRun, startRun } from '../scenario-run.ts';

const targets = `
next: { send-message: { text: next } }
next-end: { exit: {} }
one: { send-message: { text: one } }
one-end: { exit: {} }
other: { send-message: { text: other } }`;

const withDefault = `a: { switch: { variable: order.kind, cases: { tea: one, "5": next }, default: other } }${targets}`;
const withoutDefault = `a: { switch: { variable: order.kind, cases: { tea: one, "": other } } }${targets}`;

const startWith = (blocks: string, kind: unknown): string => startRun(blocks, { variables: { order: { kind } } }).block;

const firstWay = (kind: string): unknown => startRun(withDefault, { variables: { order: { kind } } }).result.path[0];

describe('Switch', () => {
  it.each([
    ['the case that is the value', 'tea', 'one'],
    ['the case that a number reads as', 5, 'next'],
    ['default for another value', 'coffee', 'other'],
    ['default for another case of letters', 'Tea', 'other'],
    ['default for a value that only begins so', 'tea ', 'other'],
    ['default for a name of JavaScript’s own', 'constructor', 'other'],
    ['default for what is not set', undefined, 'other'],
  ])('goes to %s', (_what, kind, block) => {
    expect(startWith(withDefault, kind)).toBe(block);
  });

  it('falls to the next block without a default, and has a case for what is not set', () => {
    expect(startWith(withoutDefault, 'coffee')).toBe('next');
    expect(startWith(withoutDefault, undefined)).toBe('other');
  });

  it('says which way it took', () => {
    expect(firstWay('tea')).toEqual({ block: 'a', way: `$(order.kind) == 'tea'` });
    expect(firstWay('x')).toEqual({ block: 'a', way: 'default' });
  });

  it.each([
    ['no case', 'a: { switch: { variable: x, cases: {} } }', 'bad-cases'],
    ['an unknown target', 'a: { switch: { variable: x, cases: { y: nowhere } } }', 'unknown-block'],
    ['an unknown default', 'a: { switch: { variable: x, cases: { y: a }, default: nowhere } }', 'unknown-block'],
    ['$() around the name', 'a: { switch: { variable: $(x), cases: { y: a } } }', 'bad-variable-name'],
  ])('refuses %s', (_what, blocks, code) => {
    expect(parseBlocks(blocks).problems.map((problem) => problem.code)).toContain(code);
  });
});

const pause = 'a: { wait: { for: 1.5s } }\nb: { send-message: { text: "$(item.message|nothing)" } }';

describe('Wait', () => {
  it('goes on after its time, not a millisecond earlier', () => {
    const run = startRun(pause);
    expect(run.deadlinesIn).toEqual([1500]);
    expect(run.wait(1499).block).toBe('a');
    expect(run.wait(1).lastEffect).toMatchObject({ text: 'nothing' });
    expect(run.deadlinesIn).toEqual([]);
  });

  it('is not shortened by the customer, whose last message can be read afterwards', () => {
    const run = startRun(pause).write('one').wait(1000).write('two');
    expect(run.block).toBe('a');
    expect(run.wait(500).lastEffect).toMatchObject({ text: 'two' });
  });

  it('begins anew at each visit, and forgets its time when the conversation ends', () => {
    const run = startRun('a: { wait: { for: 2s } }\nb: { goto: a }').wait(2000);
    expect(run.deadlinesIn).toEqual([2000]);
    run.tell({ type: 'customer.left', cause: 'inactivity' });
    expect(run.deadlinesIn).toEqual([]);
    expect(run.status).toBe('done');
  });

  it.each([
    ['1.5s', 1500],
    ['0.25m', 15_000],
    ['1.005s', 1005],
    ['0.1ms', undefined],
    ['1.s', undefined],
    ['.5s', undefined],
    ['1,5s', undefined],
    ['30.001d', undefined],
  ])('reads %s as %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
    expect(parseTimeSpan(text)).toBe(ms);
  });
});

// ScenarioRun begins at 2027-01-15T08:00Z.
const until = (moment: string): string =>
  `a: { wait: { until: "${moment}" }, exits: { invalid: c } }\nb: { send-message: { text: b } }\nd: { exit: {} }\nc: { send-message: { text: c } }`;

describe('Wait until a moment', () => {
  it.each([
    ['2027-01-15T09:00Z', 3_600_000],
    ['2027-01-15T10:00+01:00', 3_600_000],
    ['2027-01-16', 57_600_000],
    ['2027-02-14T08:00Z', 30 * 86_400_000],
    ['= addMinutes(item.at, 90)', 5_400_000],
    ['$(item.at|2027-01-15T09:00Z)', 0],
  ])('lasts until %s', (moment, ms) => {
    const run = startRun(until(moment), { variables: { item: { at: '2027-01-15T08:00:00Z' } } });
    if (ms > 0) expect(run.deadlinesIn).toEqual([ms]);
    expect(run.wait(ms - 1).block).toBe(ms > 0 ? 'a' : 'b');
    expect(run.wait(1).block).toBe('b');
  });

  it.each([
    ['2027-01-15T09:30', 1_800_000],
    ['2027-01-15T09:30Z', 5_400_000],
    ['2027-01-16', 54_000_000],
    ['= item.day', 54_000_000],
  ])('reads %s by the clock of the time zone where no offset is written', (moment, ms) => {
    const variables = { timeZone: 'Europe/Vienna', item: { day: '2027-01-16' } };
    expect(startRun(until(moment), { variables }).deadlinesIn).toEqual([ms]);
  });

  it.each(['$(no|)', 'x$(no|)', '2027-02-14T08:00:01$(no|)Z'])(
    'takes "invalid" where %s is no moment within 30 days',
    (moment) => {
      const run = startRun(until(moment));
      expect([run.block, run.deadlinesIn]).toEqual(['c', []]);
    },
  );

  it('goes on at once where it has passed, and is stopped where that makes a loop', () => {
    expect(startRun(until('2026-12-31')).block).toBe('b');
    const { document } = parseBlocks(
      'a: { if: [{ when: "$(x|) == 1", go: c }] }\nb: { wait: { until: 2026-12-31 }, next: a }\nc: { exit: {} }',
    );
    if (!document) throw new Error('wrong');
    expect(new ScenarioRun(document).status).toBe('failed');
  });

  it.each([
    ['{ until: tomorrow }', 'bad-moment', 'hours.nextChangeAt'],
    ['{ until: 2026-02-30 }', 'bad-moment', '2026-12-24T09:00'],
    ['{ for: 1m, until: 2026-12-24 }', 'bad-wait', 'Write one of them'],
    ['{}', 'bad-wait', 'Write one of them'],
  ])('refuses %s', (fields, code, remedy) => {
    const { problems } = parseBlocks(`a: { wait: ${fields} }`);
    expect(problems.map((problem) => [problem.code, problem.remedy.includes(remedy)])).toEqual([[code, true]]);
  });
});

describe('Comment', () => {
  it('does nothing, whatever it says', () => {
    const run = startRun('a: { comment: "Ask $(nobody and $( more" }\nb: { send-message: { text: b } }');
    expect(run.result.path).toEqual([{ block: 'a', way: 'next' }]);
    expect(run.effects).toEqual([{ kind: 'send-message', id: 'b:2', text: 'b', quickReplies: [] }]);
  });

  it('may be the only block', () => {
    expect(startRun('a: { comment: "" }').status).toBe('done');
  });
});
