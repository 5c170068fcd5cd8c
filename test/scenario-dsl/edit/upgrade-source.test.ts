import { describe, expect, it } from 'vitest';
import { upgradeSource } from '../../../scenario-dsl/edit/upgrade-source.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';

const old = `# A sum that was never one.
attendant: 1 # as it was
scenario: sums
blocks:
  set:
    set-variable:
      a: '= 1 + 1' # text
      b: "==="
      c: = x
      d: x = 1 # untouched
    note: '= not a value'
  say: { send-message: { text: '= $(a)' } }
`;

describe('A scenario of version 1', () => {
  it('is rewritten where version 2 means something else, and nowhere else', () => {
    expect(upgradeSource(old)).toEqual({
      from: 1,
      to: 2,
      changes: 3,
      source: old
        .replace('attendant: 1', 'attendant: 2')
        .replace(`'= 1 + 1'`, `'$(''='') 1 + 1'`)
        .replace('"==="', `"$('=')=="`)
        .replace('c: = x', `c: '$(''='') x'`),
    });
  });

  it('means the same before and after', () => {
    const upgraded = upgradeSource(old);
    if ('problem' in upgraded) throw new Error(upgraded.problem);
    expect(parseScenario(upgraded.source)).toEqual(parseScenario(old));
    expect(parseScenario(old).problems).toEqual([]);
  });

  it('of version 2 stays as it is, and of an unknown one is refused', () => {
    const now = old.replace('attendant: 1', 'attendant: 2');
    expect(upgradeSource(now)).toEqual({ from: 2, to: 2, changes: 0, source: now });
    expect(upgradeSource(old.replace('attendant: 1', 'attendant: 3'))).toEqual({
      problem: '"attendant" must be 1 or 2.',
    });
    expect(upgradeSource('a: [')).toHaveProperty('problem');
  });
});
