import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';
import { ScenarioRun } from '../scenario-run.ts';

const languages = 'languages: [de, en]\nlanguage: $(item.referral.ref|en)\n';
const hours = `  hours: { de: 'Von 9 bis 17 Uhr, $(name|du).', en: 'From 9 to 5, $(name|you).' }`;
const blocks = `
  ask: { send-message: { text: { snippet: hours }, quickReplies: [{ title: { snippet: fine } }], wait: {} }, exits: { timeout: end } }
  again: { request-input: { text: { snippet: hours }, into: x, retry: { text: { snippet: hours } } }, exits: { timeout: end, invalid: end }, next: end }`;

function source(snippets: string, head = languages, written = blocks): string {
  return `attendant: 2\nscenario: s\n${head}snippets:\n${snippets}\nblocks:${written}\n`;
}

function documentOf(text: string): NonNullable<ReturnType<typeof parseScenario>['document']> {
  const { document, problems } = parseScenario(text);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

function told(text: string): string[] {
  return checkSource(text).problems.map(
    ({ line, severity, code, message, remedy }) => `${line} ${severity} ${code}: ${message} ${remedy}`,
  );
}

const both = `${hours}\n  fine: { de: Gut, en: Fine }`;

describe('A snippet', () => {
  it('is said wherever it is named, in the language of the run, with its variables', () => {
    const run = new ScenarioRun(documentOf(source(both)), {
      variables: { item: { referral: { ref: 'de' } }, name: 'Ada' },
    });
    expect(run.effects[0]).toMatchObject({ text: 'Von 9 bis 17 Uhr, Ada.', quickReplies: [{ title: 'Gut' }] });
    run.answer('message.sent').write('ok');
    expect(run.lastEffect).toMatchObject({ text: 'Von 9 bis 17 Uhr, Ada.' });
  });

  it('is one text where the scenario speaks one language', () => {
    const plain = source('  hours: From 9 to 5\n  fine: Fine', '');
    expect(told(plain)).toEqual([]);
    expect(new ScenarioRun(documentOf(plain)).effects[0]).toMatchObject({ text: 'From 9 to 5' });
  });

  it('leaves nothing of itself in the document: tests, diagrams and checks meet the text', () => {
    const document = documentOf(source(both));
    expect(JSON.stringify(document)).not.toContain('snippet');
    expect(toMermaid(document)).toContain('Von 9 bis 17 Uhr');
    const tests = readTestFile(
      'tests: [{ name: it, steps: [{ customer: Hi }, { bot: { text: "From 9 to 5, you.", quickReplies: [Fine] } }] }]',
    );
    if ('problems' in tests) throw new Error(JSON.stringify(tests.problems));
    expect(runTests(document, tests.file).map(({ failure }) => failure)).toEqual([undefined]);
  });

  it.each([
    [
      'is asked for in every language, once',
      `${hours}\n  fine: { de: Gut }`,
      '7 error missing-language: The text is missing in en. Add en: ….',
    ],
    [
      'is asked for with the same variables',
      both.replace('$(name|du)', 'du'),
      '6 warning other-variables: Other languages say $(name) here, and "de" does not. Say the same in each of them.',
    ],
    [
      'is asked for in each language where it is one text',
      `${hours}\n  fine: Fine`,
      '7 warning one-language: This is said in one language only. Write it in each: { de: …, en: … }.',
    ],
    ['has to be there', hours, '8 error unknown-snippet: There is no snippet "fine". Use one of: hours.'],
    [
      'has to be named rightly',
      both.replace('fine', 'fin'),
      '9 error unknown-snippet: There is no snippet "fine". Did you mean "fin"?',
    ],
    [
      'has to be said somewhere',
      `${both}\n  more: { de: Mehr, en: More }`,
      '8 warning unused-snippet: No block says the snippet "more". Say it somewhere, text: { snippet: more }, or take it out.',
    ],
    ['holds substitutions that can be read', both.replace('$(name|du)', '$(name'), 'bad-substitution'],
    ['has a name', `${both}\n  "a b": x`, '8 error bad-name: "a b" is not the name of a snippet. Write a-b'],
  ])('%s', (_what, snippets, problem) => {
    expect(told(source(snippets))).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  it('stands alone', () => {
    const wrong = source(both, languages, blocks.replace('{ snippet: fine }', '{ snippet: fine, de: Gut }'));
    expect(told(wrong)).toEqual(expect.arrayContaining([expect.stringContaining('Write the snippet alone')]));
  });

  it('that is too long for its place is told there, in the language that it is', () => {
    const long = source(`${hours}\n  fine: { de: Das ist mir leider zu spät am Tag, en: Fine }`);
    expect(told(long)).toEqual([expect.stringMatching(/^9 error title-cut.*20/)]);
  });

  it('is suggested where its key is misspelt', () => {
    const wrong = source(both, languages, blocks.replace('{ snippet: fine }', '{ snipet: fine }'));
    expect(told(wrong)).toEqual(expect.arrayContaining([expect.stringContaining('Did you mean "snippet"?')]));
  });
});
