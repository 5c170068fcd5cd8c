import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';

function failuresOf(blocks: string, tests: string): string[] {
  const indented = blocks.trim().replaceAll(/^(?=.)/gm, '  ');
  const { document, problems } = parseScenario(`attendant: 2\nscenario: s\nblocks:\n${indented}\n`);
  const read = readTestFile(tests);
  if (!document || 'problems' in read) throw new Error(JSON.stringify([problems, read]));
  return runTests(document, read.file).flatMap(({ name, failure }) => (failure ? [name, ...failure.lines] : []));
}

const agents = 'agents: { rob: { skills: { roadside: 80 } }, ria: { skills: { roadside: 70 } } }';

describe('A Connect Chat of a test asks whom production would ask:', () => {
  const last = `
last-talk: { connect-chat: { destination: ria, noAnswer: 15s }, exits: { no-answer: find, target-disconnected: done } }
done: { exit: {} }
find: { find-agent: { skills: [roadside] }, exits: { no-agents: done, timeout: done, queue-limit: done } }
talk: { connect-chat: {}, exits: { no-answer: done } }`;

  it('the user who is named, at once, once they are ready, or nobody where they are not there', () => {
    const tests = `${agents}
tests:
  - { name: free, steps: [{ customer: hi }, { expect: { offered: ria } }, { agent: ria, does: accept }, { expect: { talking: ria } }] }
  - name: busy and then free
    agents: { ria: { state: not-ready } }
    steps: [{ customer: hi }, { expect: { offered: null } }, { after: 10s }, { agent: ria, does: ready }, { expect: { offered: ria, exits: [] } }]
  - name: busy for too long
    agents: { ria: { state: not-ready } }
    steps: [{ customer: hi }, { after: 15s }, { expect: { offered: rob, exits: [last-talk.no-answer] } }]
  - name: not there
    agents: { ria: { state: logged-out } }
    steps: [{ customer: hi }, { expect: { offered: rob, exits: [last-talk.no-answer] } }]
  - { name: refuses, steps: [{ customer: hi }, { agent: ria, does: reject }, { expect: { offered: rob } }] }`;
    expect(failuresOf(last, tests)).toEqual([]);
  });

  it('another than was found, who is given back; anybody of an entry', () => {
    const other = `
find: { find-agent: { skills: [roadside] } }
talk: { connect-chat: { destination: ria }, exits: { no-answer: end } }
end: { exit: {} }`;
    expect(
      failuresOf(other, `${agents}\ntests: [{ name: a, steps: [{ customer: hi }, { expect: { offered: ria } }] }]`),
    ).toEqual([]);
    const entry = 'talk: { connect-chat: { default: Web }, exits: { no-answer: end } }\nend: { exit: {} }';
    expect(
      failuresOf(entry, `${agents}\ntests: [{ name: a, steps: [{ customer: hi }, { expect: { offered: rob } }] }]`),
    ).toEqual([]);
  });
});

describe('$(exception.reason) is known behind a failure exit', () => {
  it('that is wired, too', () => {
    const blocks = `
get: { fetch-url: { url: "https://x.test" }, exits: { failed: tell, timeout: tell, no-data: tell } }
end: { exit: {} }
tell: { log: { text: "$(exception.block|) $(exception.exit|) $(exception.reason|)" } }`;
    const tests = `answers: { get: { outcome: failed, reason: No way. } }
tests: [{ name: a, steps: [{ customer: hi }, { expect: { annotations: [{ text: 'get failed No way.' }] } }] }]`;
    expect(failuresOf(blocks, tests)).toEqual([]);
  });
});

const parse = (blocks: string): NonNullable<ReturnType<typeof parseScenario>['document']> => {
  const { document, problems } = parseScenario(
    `attendant: 2\nscenario: ${blocks.includes('guard') ? 'outer' : 'inner'}\nblocks:\n${blocks}\n`,
  );
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
};

describe('An Exception Handler around a started scenario alone', () => {
  it('catches what goes wrong inside', () => {
    const outer = parse(`  guard: { exception-handler: { try: [sub], catch: c } }
  sub: { start-another-scenario: { scenario: inner } }
  e: { exit: {} }
  c: { send-message: { text: "Caught $(exception.block) $(exception.exit)" } }`);
    const inner = parse('  f: { fetch-url: { url: "https://x.test" } }');
    const read = readTestFile(
      'answers: { "*": failed }\ntests: [{ name: a, steps: [{ customer: hi }, { bot: Caught sub/f failed }] }]',
    );
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    expect(runTests(outer, read.file, { inner }).flatMap(({ failure }) => failure?.lines ?? [])).toEqual([]);
  });
});
