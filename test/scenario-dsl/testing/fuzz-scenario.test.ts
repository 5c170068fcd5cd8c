import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';
import { parseBlocks } from '../scenario-run.ts';

function parse(blocks: string): ScenarioDocument {
  const { document, problems } = parseBlocks(blocks);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

const endless = `
ask: { send-message: { text: "Tea?", wait: { into: drink } } }
which: { if: [{ when: "$(drink) == 'tea'", go: again }] }
end: { exit: {} }
again: { send-message: { text: Really?, wait: {} }, exits: { timeout: again } }
bye: { goto: end }
`;

const spinning = `
ask: { send-message: { text: "Number?", wait: { into: n } } }
which: { if: [{ when: "$(n) == 'spin'", go: spin }, { else: end }] }
spin: { set-variable: { x: 1 } }
back: { if: [{ when: "$(x) == 1", go: spin }] }
end: { exit: {} }
`;

describe('Random conversations', () => {
  it('find nothing wrong with Mobile Chat', () => {
    const { document } = parseScenario(readFileSync('scenarios/mobile-chat.yaml', 'utf8'));
    if (!document) throw new Error('Mobile Chat cannot be read.');
    expect(fuzzScenario(document, { runs: 100, seed: 1 })).toBeUndefined();
  });

  it.each([
    ['silence that never ends', endless, 'A silent customer waits for ever.', 'tea'],
    [
      'a scenario that spins',
      spinning,
      'Block "back" is part of a loop that went through 1000 blocks without waiting for anybody.',
      'spin',
    ],
  ])('find %s, and shrink it to a test that fails', (_what, ...[blocks, message, word]) => {
    const document = parse(blocks);
    const failure = fuzzScenario(document, { runs: 500, seed: 1 });
    expect(failure?.message).toBe(message);
    if (!failure) return;
    const said = failure.file.tests.flatMap(({ steps }) => steps.flatMap(({ customer }) => customer ?? []));
    expect(said).toHaveLength(2);
    expect(said[1]).toBe(word);
    expect(runTests(document, failure.file)[0]?.failure).toBeDefined();
  });

  it('come by the links of each language that the scenario speaks', () => {
    const { document } = parseScenario(
      `attendant: 2\nscenario: s\nlanguages: [en, de]\nlanguage: $(item.referral.ref|en)\nblocks:\n${endless
        .replace("$(drink) == 'tea'", 'item.referral.ref is not empty')
        .replaceAll(/^(?=.)/gm, '  ')}`,
    );
    if (!document) throw new Error('The scenario cannot be read.');
    const failure = fuzzScenario(document, { runs: 500, seed: 1 });
    expect(failure?.file.tests[0]?.steps[0]?.customer).toMatchObject({
      referral: { ref: expect.stringMatching(/en|de/) },
    });
  });

  it('are the same for the same seed', () => {
    const document = parse(endless);
    expect(fuzzScenario(document, { runs: 500, seed: 3 })).toEqual(fuzzScenario(document, { runs: 500, seed: 3 }));
  });
});
