import { describe, expect, it } from 'vitest';
import { describeGraph } from '../../scenario-dsl/edit/describe-graph.ts';
import { parseCondition } from '../../scenario-dsl/expression/parse-condition.ts';
import { readRows, writeRows } from '../../web/src/features/builder/forms/condition-rows.ts';
import { beginHistory, undo, write } from '../../web/src/features/builder/model/text-history.ts';
import { compareGraphs } from '../../scenario-dsl/edit/compare-graphs.ts';

describe('the rows of a condition', () => {
  it.each([
    ["$(question) contains 'invoice'", 'and', 1],
    ["$(question) contains 'a and b' and $(age) >= 18", 'and', 2],
    ["$(a|x) == 'it\\'s' or $(b) != true", 'or', 2],
    ["$(a) not contains 'x'", 'and', 1],
  ])('say what %s says, and are written back as it', (condition, join, count) => {
    const rows = readRows(condition);
    expect(rows).toMatchObject({ join });
    expect(rows?.rows).toHaveLength(count);
    expect(rows && writeRows(rows)).toBe(condition);
    expect(parseCondition(condition)).not.toHaveProperty('fault');
  });

  it.each(["not ($(a) == 'x')", "$(a) == 'x' and $(b) == 'y' or $(c) == 'z'", 'length($(a)) > 3', '$(list) is empty'])(
    'are none for %s, which says more',
    (condition) => {
      expect(readRows(condition)).toBeUndefined();
    },
  );
});

describe('what is typed', () => {
  it('without a pause is one step back, and an edit of the canvas always its own', () => {
    let history = beginHistory('a');
    history = write(history, 'ab', { kind: 'typing', at: 0 });
    history = write(history, 'abc', { kind: 'typing', at: 100 });
    history = write(history, 'abcd', { kind: 'edit', at: 150 });
    history = write(history, 'abcde', { kind: 'typing', at: 200 });
    history = write(history, 'abcdef', { kind: 'typing', at: 2000 });
    const texts = [];
    for (; history.past.length > 0; history = undo(history)) texts.push(history.text);
    expect([...texts, history.text]).toEqual(['abcdef', 'abcde', 'abcd', 'abc', 'a']);
  });
});

const before = `attendant: 2
scenario: x
blocks:
  welcome:
    title: Welcome
    send-message: { text: Hello }
  about:
    send-message: { text: What?, wait: { into: question } }
    exits: { timeout: thanks }
  pause:
    wait: { for: 2s }
  thanks:
    send-message: { text: Thank you }
`;

describe('what has changed between two versions', () => {
  it('is told block by block', () => {
    const after = before
      .replace('title: Welcome', 'title: Hello')
      .replace('timeout: thanks }', 'timeout: more }')
      .replace('for: 2s', 'for: 3s')
      .replace('  thanks:', '  more:\n    send-message: { text: More }\n  thanks:');
    const [old, now] = [describeGraph(before), describeGraph(after)];
    if (!old || !now) throw new Error('Not readable');
    expect(compareGraphs(old, now).map(({ block, kind, parts }) => [block, kind, ...parts])).toEqual([
      ['welcome', 'changed', 'title'],
      ['about', 'changed', 'ways'],
      ['pause', 'changed', 'settings', 'ways'],
      ['more', 'added'],
    ]);
    expect(compareGraphs(now, old).at(-1)).toMatchObject({ kind: 'removed', block: 'more' });
  });
});
