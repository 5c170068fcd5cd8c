import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { startRun } from '../scenario-run.ts';

const variables = { n: 4, flag: true, list: [1, 'a'], map: { a: { b: 2 } }, said: '5', name: 'Ada' };

function askedBy(block: string): unknown {
  const { effects } = startRun(`a: { ${block} }\nb: { wait: { for: 1s } }`, { variables });
  return effects.flatMap((effect) => (effect.kind === 'operation' ? [effect.operation] : []))[0];
}

function sent(json: string): unknown {
  return askedBy(`fetch-url: { url: "https://x.example.com", body: { json: ${json} } }`);
}

const sourceOf = (value: string): string =>
  `attendant: 2\nscenario: x\nblocks:\n  a: { fetch-url: { url: "https://x.example.com", body: { json: { v: '${value}' } } } }\n`;

describe('A $(…) alone keeps what it is', () => {
  it.each<[string, unknown]>([
    ['$(n)', 4],
    ['$(flag)', true],
    ['$(list)', [1, 'a']],
    ['$(map)', { a: { b: 2 } }],
    ['$(map.a.b)', 2],
    ['$(said)', '5'],
    ['$(count(list))', 2],
    ['$(nobody|)', ''],
    ['$(nobody|7)', '7'],
    ['= $(n) * 2', 8],
    ['= number($(name))', null],
    ["= [$(n), 'x']", [4, 'x']],
    ['$(n) ', '4 '],
    ['No. $(n)', 'No. 4'],
    ['$(n)$(n)', '44'],
    ['$(fixed(n, 0))', '4'],
    ['five', 'five'],
  ])('in the JSON of a Fetch URL: %j is %j', (written, value) => {
    const json = JSON.stringify({ deep: [{ value: written }], five: 5, no: null });
    expect(sent(json)).toMatchObject({ body: { kind: 'json', value: { deep: [{ value }], five: 5, no: null } } });
  });

  it('in Create Object, Set Variable and what a started scenario is given', () => {
    expect(
      askedBy(
        'create-object: { object: case, fields: { n: $(n), on: $(flag), list: $(list), sum: "= $(n) + 1", none: "= $(nobody)" } }',
      ),
    ).toMatchObject({ fields: { n: 4, on: true, list: '[1,"a"]', sum: 5, none: '' } });
    const { result } = startRun('a: { set-variable: { copy: $(list), n2: $(n), t: "$(n)!", none: $(nobody) } }', {
      variables,
    });
    expect(result.state.snapshot.context.variables).toMatchObject({ copy: [1, 'a'], n2: 4, t: '4!', none: '' });
  });

  it('and is checked as the expression that it is', () => {
    expect(checkSource(sourceOf('= uper($(item.message))')).problems).toMatchObject([
      { code: 'bad-expression', path: 'blocks.a.fetch-url.body.json.v' },
    ]);
    expect(checkSource(sourceOf('= $(unknown) + 1')).problems).toMatchObject([{ code: 'variable-not-set' }]);
    expect(checkSource(sourceOf('= $(customer.firstName) + 1')).problems).toMatchObject([{ code: 'type-mismatch' }]);
  });
});
