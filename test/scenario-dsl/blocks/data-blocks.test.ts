import { describe, expect, it } from 'vitest';
import { parseBlocks, startRun, type ScenarioRun } from '../scenario-run.ts';

const variables = { q: 'a & b/ü', id: '7', item: { message: 'Hello?' }, rating: '4', score: '11' };

const start = (fields: string, before = ''): ScenarioRun =>
  startRun(`${before}a: { ${fields} }\nb: { wait: { for: 1s } }`, { variables });

/** What a block asks or tells. */
function asked(fields: string, before = ''): unknown {
  const effect = start(fields, before).effects.find(({ kind }) => kind === 'operation' || kind === 'annotate');
  if (effect?.kind === 'operation') return effect.operation;
  return effect?.kind === 'annotate' ? effect.annotation : undefined;
}

describe('What the data blocks ask and tell:', () => {
  it.each<[string, object]>([
    ['identify-contact: { by: email, value: "$(q)" }', { name: 'identify-contact', by: 'email', value: 'a & b/ü' }],
    ['identify-contact: { by: messenger-id }', { name: 'identify-contact', by: 'messenger-id' }],
    [
      'search-object: { object: case, where: [{ field: id, is: equal, value: "$(id)" }, { field: x, is: empty }], into: r }',
      {
        name: 'search-object',
        object: 'case',
        where: [
          { field: 'id', is: 'equal', value: '7' },
          { field: 'x', is: 'empty' },
        ],
        fields: [],
        limit: 10,
      },
    ],
    [
      'create-object: { object: case, fields: { title: "$(q)", urgent: true } }',
      { name: 'create-object', object: 'case', fields: { title: 'a & b/ü', urgent: true } },
    ],
    [
      'search-directory: { text: "$(id)", kind: user, into: r }',
      { name: 'search-directory', text: '7', kind: 'user', limit: 10 },
    ],
    ['get-user-configuration: { username: bob }', { name: 'get-user-configuration', username: 'bob' }],
    ['internal-message: { to: bob, text: "$(q)" }', { name: 'internal-message', username: 'bob', text: 'a & b/ü' }],
    [
      'email: { to: ["$(id)@x.test"], subject: Hi, text: "$(q)" }',
      { name: 'email', to: ['7@x.test'], cc: [], subject: 'Hi', text: 'a & b/ü' },
    ],
    ['ask-a-bot: { responses: r }', { name: 'ask-a-bot', message: 'Hello?', maxResponses: 2 }],
    ['set-agent-state: { username: bob, state: ready }', { name: 'set-agent-state', username: 'bob', state: 'ready' }],
    ['self-service-provided: {}', { name: 'self-service-provided' }],
    [
      'save-survey-response: { cs: "$(rating)", nps: "$(score)", fcr: "yes", comment: "", custom1: x, custom2: "$(none)" }',
      { name: 'save-survey-response', cs: 4, fcr: true, custom: { custom1: 'x' } },
    ],
    ['set-disposition: { disposition: Sold }', { name: 'set-disposition', disposition: 'Sold' }],
    ['set-custom-reporting-field: { order: "$(id)" }', { name: 'set-custom-reporting-field', fields: { order: '7' } }],
    ['set-case: { caseId: "$(id)" }', { name: 'set-case', caseId: '7', replace: false }],
    ['attached-data: { Question: "$(q)" }', { name: 'attached-data', data: { Question: 'a & b/ü' } }],
    [
      'web-screen-pop: { url: "https://crm.test/$(q)?x=$(id)", title: Order }',
      { name: 'web-screen-pop', url: 'https://crm.test/a%20%26%20b%2F%C3%BC?x=7', title: 'Order' },
    ],
  ])('%s', (fields, expected) => {
    expect(asked(fields)).toEqual(expected);
  });

  it('attaches no case that has no id', () => {
    expect(asked('set-case: { caseId: "$(none)" }')).toBeUndefined();
  });

  it('asks the bot account that was selected, whatever the block says', () => {
    expect(
      asked('ask-a-bot: { responses: r, account: one }', 'x: { chat-bot-select-account: "two-$(id)" }\n'),
    ).toMatchObject({ account: 'two-7' });
  });
});

describe('Fetch URL', () => {
  it('encodes what variables put into address and parameters, but not a beginning', () => {
    const run = startRun('a: { fetch-url: { url: "$(base)/$(q)#top", params: { x: "$(q)", y: "" } } }', {
      variables: { ...variables, base: 'https://x.test/v1?k=1' },
    });
    expect(run.lastEffect).toMatchObject({
      operation: {
        method: 'GET',
        url: 'https://x.test/v1?k=1/a%20%26%20b%2F%C3%BC&x=a%20%26%20b%2F%C3%BC&y=#top',
        headers: {},
        retries: 0,
      },
    });
  });

  it('names secrets and never fills their names', () => {
    const fields = `fetch-url: { url: "https://x.test", headers: { X-Key: { secret: "key" }, X-Id: "$(id)" }, auth: { basic: { username: "$$(id)", password: { secret: pw } } }, retries: 2 }`;
    expect(asked(fields)).toEqual({
      name: 'fetch-url',
      method: 'GET',
      url: 'https://x.test',
      headers: { 'X-Key': { secret: 'key' }, 'X-Id': '7' },
      auth: { kind: 'basic', username: '$$(id)', password: { secret: 'pw' } },
      retries: 2,
    });
  });

  it.each<[string, object]>([
    ['json: { a: ["$(id)", 1, null, { b: true }] }', { kind: 'json', value: { a: ['7', 1, null, { b: true }] } }],
    ['form: { a: "$(id)" }', { kind: 'form', fields: { a: '7' } }],
    ['multipart: { a: "$(id)" }', { kind: 'multipart', fields: { a: '7' } }],
    ['text: "<a>$(id)</a>", contentType: text/xml', { kind: 'text', text: '<a>7</a>', contentType: 'text/xml' }],
  ])('sends { %s } by POST', (body, expected) => {
    expect(asked(`fetch-url: { url: "https://x.test", body: { ${body} } }`)).toMatchObject({
      method: 'POST',
      body: expected,
    });
  });

  const order = 'fetch-url: { url: "https://x.test", into: order }';

  it('puts JSON into the variable, else the text; code and text always', () => {
    const json = start(order).complete('done', { status: 200, body: '{"n":1}', json: { n: 1 } });
    expect(json.variables).toMatchObject({ order: { n: 1 }, fetchURLResultCode: 200, fetchURLResultBody: '{"n":1}' });
    const text = start(order).complete('done', { status: 201, body: 'hi' });
    expect(text.variables).toMatchObject({ order: 'hi', fetchURLResultCode: 201 });
  });

  it('keeps the variable, and tells the code, when it fails', () => {
    const run = startRun(`a: { ${order}, exits: { failed: b } }\nb: { wait: { for: 1s } }`, {
      variables: { order: 'old' },
    });
    run.complete('failed', { status: 404, body: 'no' });
    expect(run.variables).toMatchObject({ order: 'old', fetchURLResultCode: 404, fetchURLResultBody: 'no' });
  });
});

describe('What the answers leave behind:', () => {
  it('a list of records, which Get Next Record takes off one by one', () => {
    const run = startRun(`
a: { search-object: { object: case, where: [{ field: x, is: empty }], into: cases }, exits: { no-data: end } }
next: { get-next-record: { from: cases, into: case }, exits: { no-data: end } }
wait: { wait: { for: 1s } }
loop: { goto: next }
end: { wait: { for: 1s } }
`);
    run.complete('done', { records: [{ id: 1 }, { id: 2 }] });
    expect(run.variables).toMatchObject({ cases: [{ id: 2 }], case: { id: 1 } });
    run.wait(1000);
    expect(run.variables).toMatchObject({ cases: [], case: { id: 2 } });
    expect(run.wait(1000).block).toBe('end');
  });

  it('no old records after a search that finds nothing', () => {
    const run = startRun('a: { search-directory: { text: x, into: r } }\nb: { wait: { for: 1s } }', {
      variables: { r: [1] },
    });
    expect(run.complete('no-data').variables).toEqual({ r: [] });
  });

  it('the contact where there is one, none where there are several', () => {
    const blocks = `
a: { identify-contact: { by: messenger-id }, exits: { multiple-matches: many } }
one: { wait: { for: 1s } }
many: { wait: { for: 1s } }
`;
    const one = startRun(blocks).complete('done', { matches: 1, contact: { id: 'c1', name: 'Ada' } });
    expect(one.variables).toEqual({ contact: { id: 'c1', name: 'Ada' }, item: { contactId: 'c1' } });
    const uncounted = startRun(blocks).complete('done', { contact: { id: 'c1' } });
    expect(uncounted.block).toBe('one');
    const many = startRun(blocks).complete('done', { matches: 2 });
    expect([many.block, many.variables]).toEqual(['many', {}]);
  });

  it('a created object’s id and number', () => {
    const run = start('create-object: { object: case, fields: {}, into: my.case }').complete('done', {
      id: 'x',
      number: '5',
    });
    expect(run.variables).toMatchObject({ my: { case: { id: 'x', number: '5' } } });
  });

  it('a bot’s responses, the first of them, and all that it said', () => {
    const run = start('ask-a-bot: { responses: all, response: first, raw: raw }');
    run.complete('done', { responses: ['One', 'Two'], raw: { score: 1 } });
    expect(run.variables).toMatchObject({ all: ['One', 'Two'], first: 'One', raw: { score: 1 } });
  });

  it('a user', () => {
    const run = start('get-user-configuration: { username: bob }').complete('done', {
      user: { name: 'Bob', role: 'agent' },
    });
    expect(run.variables).toMatchObject({ user: { name: 'Bob', role: 'agent' } });
  });
});

it.each([
  ['bad-substitution', 'fetch-url: { url: "https://x.test", body: { json: { a: ["$(1x"] } } }'],
  ['bad-body', 'fetch-url: { url: "https://x.test", method: GET, body: { json: 1 } }'],
  ['wrong-type', 'fetch-url: { url: "https://x.test", auth: { bearer: token } }'],
  ['bad-search', 'identify-contact: { by: email }'],
  ['bad-search', 'identify-contact: { by: custom-field, value: x }'],
  ['bad-search', 'search-object: { object: case, where: [{ field: a, is: equal }], into: r }'],
  ['bad-request', 'request-skill-or-service: {}'],
])('is refused with %s: %s', (code, fields) => {
  expect(parseBlocks(`a: { ${fields} }`).problems.map((problem) => problem.code)).toEqual([code]);
});
