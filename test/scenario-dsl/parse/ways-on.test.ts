import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { removeBlock, renameBlock, wireExit } from '../../../scenario-dsl/edit/edit-scenario.ts';
import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { measureCoverage } from '../../../scenario-dsl/testing/coverage.ts';
import { documentOf, parseBlocks, ScenarioRun } from '../scenario-run.ts';

function parse(source: string): ReturnType<typeof parseScenario> {
  return parseScenario(`attendant: 2\nscenario: test\n${source}`);
}

function defaulted(exits: string, blocks: string): ScenarioDocument {
  const { document, problems } = parse(`defaults: { exits: ${exits} }\nblocks:\n${blocks}`);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

const told = ({ problems }: ReturnType<typeof parseScenario>): string[] =>
  problems.map(({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`);

const started = (name: string, more = ''): string => `{ start-another-scenario: { scenario: ${name} }${more} }`;
const inner = (blocks: string): ScenarioDocument => ({ ...documentOf(blocks), scenario: 'inner' });
const run = (main: string, library: Record<string, ScenarioDocument>): ScenarioRun =>
  new ScenarioRun(documentOf(main), { variables: {} }, { scenarios: library });
const ask = (name: string, more = ''): string =>
  `  ${name}: { send-message: { text: "${name}?", wait: { into: ${name}, timeout: 1m } }${more} }\n`;

const calling = (more: string): string => `
call: ${started('inner', more)}
below: { send-message: { text: Below }, next: end }
away: { send-message: { text: Away } }
`;

const branches = documentOf(`
ask: { send-message: { text: "a or b?", wait: { into: answer } } }
choose: { if: [{ when: "$(answer) == 'a'", go: a }, { else: b }] }
a: { send-message: { text: You said a. }, next: bye }
b: { send-message: { text: You said b. }, next: end }
bye: { send-message: { text: Bye } }
`);

function say(document: ScenarioDocument, text: string): ScenarioRun {
  return new ScenarioRun(document).answer('message.sent').write(text).answer('message.sent');
}

describe('"next" names the block that one goes on at,', () => {
  it('instead of the one below it', () => {
    expect(say(branches, 'a').lastEffect).toMatchObject({ text: 'Bye' });
  });

  it('and so do outcomes that are not wired; failures do not', () => {
    const document = documentOf(`
ask: { request-input: { text: "Number?", type: number, into: n, timeout: 1m }, next: bye, exits: { invalid: sorry } }
sorry: { send-message: { text: Sorry }, next: end }
bye: { send-message: { text: Bye } }
`);
    const late = new ScenarioRun(document).answer('message.sent').wait(60_000);
    expect(late.lastEffect).toMatchObject({ text: 'Bye' });
    expect(new ScenarioRun(document).failSend().status).toBe('done');
  });

  it('has to be a block', () => {
    const problems = parseBlocks('a: { send-message: { text: A }, next: bey }\nbye: { send-message: { text: B } }');
    expect(told(problems)).toContain('error: There is no block "bey". Did you mean "bye"?');
  });

  it('is of no use where the block says itself where it goes', () => {
    const problems = parseBlocks('a: { goto: b, next: end }\nb: { send-message: { text: B } }');
    expect(told(problems)).toEqual([
      'warning: This goto never comes to "end": it says itself where it goes. Take "next" out.',
    ]);
  });

  it('no branch that has it falls into its neighbour', () => {
    const source = `attendant: 2\nscenario: t\nblocks:
  ask: { send-message: { text: "a or b?", wait: { into: answer } }, exits: { timeout: b } }
  choose: { if: [{ when: "$(answer) == 'a'", go: a }, { else: b }] }
  a: { send-message: { text: A } }
  more: { send-message: { text: More }, next: b }
  b: { send-message: { text: B } }`;
    expect(checkSource(source).problems).toEqual([]);
  });
});

describe('"end" ends the conversation without a block of that name,', () => {
  it('from next, exits, branches and gotos', () => {
    expect(say(branches, 'b').status).toBe('done');
    const timed = documentOf(
      'a: { send-message: { text: A, wait: { timeout: 1m } }, exits: { timeout: end } }\nb: { goto: end }',
    );
    expect(new ScenarioRun(timed).answer('message.sent').wait(60_000).status).toBe('done');
    expect(say(timed, 'Hello').status).toBe('done');
  });

  it('and is the block of that name where there is one', () => {
    const document = documentOf('a: { set-variable: { x: 1 }, next: end }\nend: { send-message: { text: Own } }');
    expect(new ScenarioRun(document).lastEffect).toMatchObject({ text: 'Own' });
  });

  it('is drawn, and counts nothing in the coverage', () => {
    expect(toMermaid(branches)).toContain('block_b --> block_end\n');
    const { blocks, exits } = measureCoverage(branches, [], []);
    expect(blocks.missing).not.toContain('end');
    expect(exits.missing).not.toContain('end: exit');
  });
});

describe('In a scenario that another one starts', () => {
  it('the end of its blocks leads to the "next" of the block that starts it', () => {
    const library = { inner: inner('a: { set-variable: { x: 1 } }') };
    expect(run(calling(', next: away, exits: { failed: below }'), library).lastEffect).toMatchObject({ text: 'Away' });
  });

  it('"end" ends the conversation and "return" goes back', () => {
    expect(
      run(calling(', exits: { failed: away }'), { inner: inner('a: { set-variable: { x: 1 }, next: end }') }).status,
    ).toBe('done');
    const back = inner(
      'a: { if: [{ when: "$(x|0) == 1", go: b }, { else: return }] }\nb: { send-message: { text: B } }',
    );
    expect(run(calling(', exits: { failed: away }'), { inner: back }).lastEffect).toMatchObject({ text: 'Below' });
  });

  it('a Return of one that is started last of all leads back through both', () => {
    const middle = { ...documentOf(`m: ${started('inner')}`), scenario: 'middle' };
    const library = { inner: inner('a: { return: {} }'), middle };
    const outer = `call: ${started('middle')}\nbelow: { send-message: { text: Below } }`;
    expect(run(outer, library).lastEffect).toMatchObject({ text: 'Below' });
  });
});

const fetches = (exits: string): string => `f: { fetch-url: { url: "https://x.test" }${exits} }`;
const toldOf = (...blocks: string[]): string[] =>
  told(
    parse(
      `defaults: { exits: { timeout: bye } }\nblocks: { ${blocks.join(', ')}, bye: { send-message: { text: Bye } } }`,
    ),
  );

describe('"defaults: { exits }" leads an exit of every block that has it,', () => {
  it('unless the block says so itself', () => {
    const document = defaulted(
      '{ timeout: bye }',
      `${ask('a')}${ask('b', ', exits: { timeout: end }')}  bye: { send-message: { text: Bye } }`,
    );
    const first = new ScenarioRun(document).answer('message.sent').wait(60_000);
    expect(first.lastEffect).toMatchObject({ text: 'Bye' });
    const second = new ScenarioRun(document).answer('message.sent').write('x').answer('message.sent').wait(60_000);
    expect(second.status).toBe('done');
  });

  it('or an Exception Handler is nearer, and never back to the block that it names', () => {
    const document = defaulted(
      '{ send-error: bye }',
      `  try: { exception-handler: { try: [a], catch: caught } }
  a: { send-message: { text: A } }
  b: { send-message: { text: B }, next: end }
  caught: { set-variable: { x: 1 }, next: b }
  bye: { set-variable: { y: 1 } }`,
    );
    const [, a, b] = document.blocks;
    expect([a?.exits, b?.exits]).toEqual([{}, { 'send-error': 'bye' }]);
    const looped = defaulted('{ send-error: bye }', '  bye: { send-message: { text: Bye } }');
    expect(looped.blocks[0]?.exits).toEqual({});
  });

  it('is told where it takes who waits for an answer for one who writes nothing', () => {
    const asks = 'ask: { request-input: { text: a, into: x } }';
    expect(toldOf(asks, fetches(''))).toEqual([
      'warning: By "defaults" a customer who waits here, while this fetch-url takes too long, goes on at "bye", as one who writes nothing. Lead it on by itself: exits: { timeout: <block id> }.',
    ]);
    expect(toldOf(asks, fetches(', exits: { timeout: bye }'))).toEqual([]);
    expect(toldOf(fetches(''))).toEqual([]);
  });

  it('is checked: the exit by its name, and that the block is there', () => {
    const source =
      'defaults: { exits: { timeuot: end, send-error: bey } }\nblocks: { bye: { send-message: { text: Bye } } }';
    expect(told(parse(source))).toEqual([
      'error: No block has an exit "timeuot". Did you mean "timeout"?',
      'error: There is no block "bey". Did you mean "bye"?',
    ]);
    expect(
      told(parse('defaults: { exit: { timeout: end } }\nblocks: { bye: { send-message: { text: Bye } } }')),
    ).toEqual(['error: "exit" is not known here. Did you mean "exits"?']);
  });
});

describe('Edits know of "next" and of the defaults:', () => {
  const source = `attendant: 2\nscenario: t\ndefaults: { exits: { timeout: bye } }\nblocks:
  a:
    send-message: { text: A, wait: {} }
  b:
    send-message: { text: B }
    next: bye
  bye:
    send-message: { text: Bye }
`;

  it('a renamed block is renamed there', () => {
    const renamed = renameBlock(source, { id: 'bye', to: 'farewell' });
    expect(renamed).toEqual({ source: source.replaceAll('bye', 'farewell') });
  });

  it('what they lead to is not removed', () => {
    expect(removeBlock(source, 'bye')).toEqual({ problem: 'Lead these elsewhere first: b, defaults.' });
  });

  it('"next" is set and taken out like an exit', () => {
    const led = wireExit(source, { block: 'b', exit: 'next', target: 'end' });
    expect(led).toEqual({ source: source.replace('next: bye', 'next: end') });
    const open = wireExit(source, { block: 'b', exit: 'next', target: undefined });
    expect(open).toEqual({ source: source.replace('    next: bye\n', '') });
  });
});
