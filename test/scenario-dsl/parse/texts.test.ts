import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { joinTexts, listTextFiles } from '../../../scenario-dsl/parse/join-texts.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { ScenarioRun } from '../scenario-run.ts';

const blocks = `
  ask: { send-message: { text: { snippet: hours }, quickReplies: [{ title: { snippet: fine } }], wait: {} }, exits: { timeout: end } }
`;
const german = `hours: 'Von 9 bis 17 Uhr, $(name|du).', fine: Gut`;
const english = `hours: 'From 9 to 5, $(name|you).', fine: Fine`;

function source(texts: string, head = 'language: $(item.referral.ref|en)\n'): string {
  return `attendant: 2\nscenario: s\n${head}texts: ${texts}\nblocks:${blocks}`;
}

function told(text: string): string[] {
  return checkSource(text).problems.map(
    ({ line, severity, code, message, remedy }) => `${line} ${severity} ${code}: ${message} ${remedy}`,
  );
}

describe('Texts that stand by their languages', () => {
  it('are said as snippets are, in the language of the run; their languages are those of the scenario', () => {
    const { document, problems } = parseScenario(source(`{ en: { ${english} }, de: { ${german} } }`));
    expect(problems).toEqual([]);
    if (!document) return;
    expect(document.languages).toEqual(['en', 'de']);
    const speak = (ref: string): unknown =>
      new ScenarioRun(document, { variables: { item: { referral: { ref } }, name: 'Ada' } }).effects[0];
    expect(speak('de')).toMatchObject({ text: 'Von 9 bis 17 Uhr, Ada.', quickReplies: [{ title: 'Gut' }] });
    expect(speak('fr')).toMatchObject({ text: 'From 9 to 5, Ada.', quickReplies: [{ title: 'Fine' }] });
  });

  it('of one language are texts by their names, and nothing chooses', () => {
    const { document, problems } = parseScenario(source(`{ en: { ${english} } }`, ''));
    expect([problems, document?.languages]).toEqual([[], undefined]);
    if (document) expect(new ScenarioRun(document).effects[0]).toMatchObject({ text: 'From 9 to 5, you.' });
  });

  it.each([
    [
      'a text that a language lacks',
      `{ en: { ${english} }, de: { hours: 'Von 9 bis 17 Uhr, $(name|du).' } }`,
      'error missing-language: In de a text is missing: fine. Write under "de": fine: ….',
    ],
    [
      'a variable that a language does not say',
      `{ en: { ${english} }, de: { hours: Von 9 bis 17 Uhr, fine: Gut } }`,
      'warning other-variables: Other languages say $(name) here, and "de" does not. Say the same in each of them.',
    ],
    [
      'a text that nobody says',
      `{ en: { ${english}, bye: Bye }, de: { ${german}, bye: Tschüs } }`,
      'warning unused-snippet: No block says the snippet "bye". Say it somewhere, text: { snippet: bye }, or take it out.',
    ],
    [
      'a name without a text',
      `{ en: { fine: Fine }, de: { fine: Gut } }`,
      'error unknown-snippet: There is no snippet "hours". Use one of: fine.',
    ],
    [
      'names under no language',
      `{ english: { ${english} } }`,
      'error bad-language: "english" is not the code of a language. Write the texts under the code of their language, de, en or pt-BR: texts: { en: { hello: Hello } }.',
    ],
    [
      'a substitution without an end',
      `{ en: { ${english.replace('|you)', '|you')} }, de: { ${german} } }`,
      'error bad-substitution: This $( has no closing ). Write $(name), $(name.part) or $(name|fallback); for the characters "$(" themselves write "$$(".',
    ],
    [
      'files, where nobody reads them',
      '[s.de.yaml, s.en.yaml]',
      'error texts-in-files: The texts of s.de.yaml, s.en.yaml are not in this text of the scenario. "attendant check", "test", "simulate" and "publish" read them from beside the scenario\'s file; here write them out: texts: { en: { hello: Hello } }.',
    ],
  ])('are told where they lack something: %s', (_what, texts, line) => {
    expect(told(source(texts))).toContainEqual(expect.stringContaining(line));
  });

  it('are told where the scenario says which languages it speaks', () => {
    const head = 'languages: [en, fr]\nlanguage: $(item.referral.ref|en)\n';
    expect(told(source(`{ en: { ${english} }, de: { ${german} } }`, head))).toEqual(
      [
        '4 error missing-language: In fr 2 texts are missing: hours, fine. Write under "fr": hours: …, fine: ….',
        '5 error unknown-language: "de" is none of the scenario’s languages. Use one of: en, fr.',
      ].map((line) => expect.stringContaining(line.slice(2))),
    );
  });

  it('and snippets of one name are told', () => {
    const head = `snippets: { fine: Fine }\nlanguage: $(item.referral.ref|en)\n`;
    expect(told(source(`{ en: { ${english} }, de: { ${german} } }`, head))).toContainEqual(
      expect.stringContaining('"fine" is a snippet, and stands among the texts as well. Give one of them another name'),
    );
  });
});

describe('Texts in files of their own', () => {
  const written = `attendant: 2\nscenario: s\ntexts:\n  - s.en.yaml # ours\n  - s.de.yaml\nlanguage: $(item.referral.ref|en)\nblocks:${blocks}`;
  const files = new Map([
    ['s.en.yaml', `---\n# What customers read.\nen:\n  hours: |\n    From 9\n    to 5, $(name|you).\n\n  fine: Fine\n`],
    ['s.de.yaml', `de:\r\n  hours: Von 9 bis 17 Uhr, $(name|du).\r\n  fine: $(Gut`],
  ]);

  it('are named in a list', () => {
    expect(listTextFiles(written)).toEqual(['s.en.yaml', 's.de.yaml']);
    expect(listTextFiles(source('[a.yaml, "b c.yaml"]'))).toEqual(['a.yaml', 'b c.yaml']);
    expect(listTextFiles(source('{ en: { a: b } }'))).toEqual([]);
    expect(listTextFiles('texts: [')).toEqual([]);
  });

  it('come into the scenario as they are written, and a place in it leads back to theirs', () => {
    const { source: joined, placeOf } = joinTexts(written, files);
    expect(joined).toContain('  # What customers read.\n  en:\n    hours: |\n      From 9\n');
    const { problems } = checkSource(joined);
    expect(problems.map(({ code, line, column }) => [code, placeOf({ line, column })])).toEqual([
      ['bad-substitution', { file: 's.de.yaml', line: 3, column: 9 }],
    ]);
    expect(placeOf({ line: 2, column: 1 })).toEqual({ line: 2, column: 1 });
    const last = joined.split('\n').findIndex((line) => line.startsWith('blocks:')) + 1;
    expect(placeOf({ line: last, column: 1 })).toEqual({ line: 7, column: 1 });
  });

  it('and nothing changes in a scenario that names none', () => {
    const plain = source(`{ en: { ${english} } }`);
    expect(joinTexts(plain, new Map()).source).toBe(plain);
  });
});
