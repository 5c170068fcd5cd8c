import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { startScenario } from '../../../scenario-dsl/run/step.ts';
import type { Effect } from '../../../scenario-dsl/machine/effect.ts';
import { ScenarioRun } from '../scenario-run.ts';

const head = 'languages: [de, en-GB]\nlanguage: $(lang|en-GB)';

function sourceOf(blocks: string, top = head): string {
  return `attendant: 2\nscenario: a\n${top}\nblocks:\n${blocks.replaceAll(/^/gm, '  ')}`;
}

function run(blocks: string, variables: Record<string, unknown> = {}): ScenarioRun {
  const { document, problems } = parseScenario(sourceOf(blocks));
  if (!document) throw new Error(JSON.stringify(problems));
  return new ScenarioRun(document, { variables });
}

function firstEffect(blocks: string, lang?: string): Effect | undefined {
  const { document, problems } = parseScenario(sourceOf(blocks));
  if (!document) throw new Error(JSON.stringify(problems));
  const variables = lang === undefined ? {} : { lang };
  return startScenario(compileScenario(document), { variables }, Date.parse('2026-12-23T10:00Z')).effects[0];
}

function problemsOf(blocks: string, top = head): string[] {
  return parseScenario(sourceOf(blocks, top)).problems.map(({ code, path, severity }) => `${severity} ${code} ${path}`);
}

const greeting = `hi: { send-message: { text: { en-GB: 'Hello, $(name|you)', de: 'Guten Tag, $(name|du)' } } }`;

describe('A text in several languages is said', () => {
  it.each([
    ['de', 'Guten Tag, du'],
    ['DE', 'Guten Tag, du'],
    ['de-AT', 'Guten Tag, du'],
    ['en', 'Hello, you'],
    ['en_US', 'Hello, you'],
    [undefined, 'Hello, you'],
    ['', 'Hello, you'],
    ['fr', 'Guten Tag, du'],
  ])('where the variable is %s: %s', (lang, text) => {
    expect(firstEffect(greeting, lang)).toMatchObject({ text });
  });

  it('in all that a customer reads: buttons, cards, quick replies', () => {
    const message = `hi:
  send-message:
    text: { de: Wähle, en-GB: Choose }
    buttons: [{ title: { de: Ja, en-GB: 'Yes' } }, { title: { de: Nein, en-GB: 'No' }, payload: 'no' }]
    cards: [{ title: { de: Tee, en-GB: Tea }, subtitle: { de: Grün, en-GB: Green } }]
    quickReplies: [{ title: { de: Mehr, en-GB: More } }]`;
    expect(firstEffect(message, 'de')).toMatchObject({
      quickReplies: [{ title: 'Mehr', payload: 'Mehr' }],
      attachments: [
        {
          template: {
            text: 'Wähle',
            buttons: [
              { title: 'Ja', payload: 'Ja' },
              { title: 'Nein', payload: 'no' },
            ],
          },
        },
        { template: { elements: [{ title: 'Tee', subtitle: 'Grün' }] } },
      ],
    });
    expect(JSON.stringify(firstEffect(message, 'en'))).toMatch(/Choose.*Yes.*No.*Tea.*Green/);
  });

  it('with dates and sums as the language writes them, also where a variable is set', () => {
    const blocks = `set: { set-variable: { sum: "= money(1234.5, 'EUR')" } }
hi: { send-message: { text: { de: "$(formatDate(today, 'EEEE')), $(sum)", en-GB: "$(formatDate(today, 'EEEE')), $(sum)" } } }`;
    expect(firstEffect(blocks, 'de')).toMatchObject({ text: 'Mittwoch, 1.234,50\u00A0€' });
    expect(firstEffect(blocks, 'en')).toMatchObject({ text: 'Wednesday, €1,234.50' });
  });

  it('from the block on in which the customer has chosen the language', () => {
    const chosen = run(`which:
  request-input:
    text: { de: Sprache?, en-GB: Language? }
    type: choice
    into: lang
    choices: [{ title: Deutsch, value: de }, { title: English, value: en-GB }]
    retry: { text: { de: Bitte wählen, en-GB: Please choose } }
${greeting}`).answer('message.sent');
    expect(chosen.lastEffect).toMatchObject({ text: 'Language?' });
    expect(chosen.write('hm').lastEffect).toMatchObject({ text: 'Please choose' });
    expect(chosen.answer('message.sent').write('Deutsch').lastEffect).toMatchObject({ text: 'Guten Tag, du' });
  });

  it('and its replies are read in that language', () => {
    const asked = run(
      `day: { request-input: { text: { de: Wann?, en-GB: When? }, type: date, into: day } }
yes: { request-input: { text: { de: Ja?, en-GB: Yes? }, type: choice, into: answer, choices: [{ title: { de: Ja, en-GB: 'Yes' }, value: y }] } }
end: { wait: { for: 1m } }`,
      { lang: 'de' },
    ).answer('message.sent');
    asked.write('24. Dezember 2026').answer('message.sent').write('ja');
    expect(asked.variables).toMatchObject({ day: '2026-12-24', answer: 'y' });
  });
});

function codesOf(blocks: string): string[] {
  return checkSource(sourceOf(blocks)).problems.map(({ code }) => code);
}

const choice = (value: string): string =>
  `a: { request-input: { text: { de: Ja?, en-GB: Yes? }, type: choice, into: x, choices: [{ title: { de: Ja, en-GB: 'Yes' }${value} }] } }`;

describe('The languages of a scenario are checked:', () => {
  it('every text is there in each, with the same variables', () => {
    expect(problemsOf(greeting)).toEqual([]);
    expect(problemsOf(`hi: { send-message: { text: { de: Hallo } } }`)).toEqual([
      'error missing-language blocks.hi.send-message.text',
    ]);
    expect(problemsOf(`hi: { send-message: { text: { de: Hallo, en-GB: Hello, fr: Salut } } }`)).toEqual([
      'error unknown-language blocks.hi.send-message.text.fr',
    ]);
    expect(problemsOf(`hi: { send-message: { text: { de: 'Hallo $(name|)', en-GB: Hello } } }`)).toEqual([
      'warning other-variables blocks.hi.send-message.text.en-GB',
    ]);
    expect(problemsOf(`hi: { send-message: { text: Hello } }`)).toEqual([
      'warning one-language blocks.hi.send-message.text',
    ]);
    expect(problemsOf(`hi: { send-message: { text: '$(text|) 👍' } }`)).toEqual([]);
  });

  it('who is asked for the language is asked in all of them at once', () => {
    expect(
      problemsOf(
        `hi: { request-input: { text: Which?, type: choice, into: lang, choices: [{ title: Deutsch, value: de }] } }`,
      ),
    ).toEqual([]);
    expect(
      problemsOf(`hi: { send-message: { text: Which?, quickReplies: [{ title: Deutsch }], wait: { into: lang } } }`),
    ).toEqual([]);
    expect(problemsOf(`hi: { send-message: { text: Which?, wait: { into: other } } }`)).toHaveLength(1);
  });

  it('a slip in one of them is told where it stands', () => {
    const { problems } = parseScenario(sourceOf(`hi: { send-message: { text: { de: 'Hallo $(name', en-GB: Hi } } }`));
    expect(problems).toMatchObject([
      { code: 'bad-substitution', path: 'blocks.hi.send-message.text.de', line: 6, column: 44 },
    ]);
  });

  it('a variable that happens to be called so is a variable', () => {
    expect(problemsOf(`a: { set-variable: { byLanguage: x, other: y } }`)).toEqual([]);
    expect(problemsOf(`a: { send-message: { text: { byLanguage: x, de: Hallo, en-GB: Hello } } }`)).toEqual([
      'error bad-language blocks.a.send-message.text.byLanguage',
    ]);
  });

  it('a language that nothing ever chooses is told', () => {
    expect(codesOf(greeting)).toContain('unknown-variable');
    expect(codesOf(`set: { set-variable: { lang: de, name: Ada } }\n${greeting}`)).toEqual([]);
  });

  it('what chooses among them is said, and is a variable', () => {
    const text = `hi: { send-message: { text: { de: Hallo, en: Hello } } }`;
    expect(problemsOf(text, 'title: a')).toEqual(['error no-languages blocks.hi.send-message.text']);
    expect(problemsOf(text, 'languages: [de, en]')).toEqual(['error no-language languages']);
    expect(problemsOf(text, 'languages: [de, en]\nlanguage: de')).toContain('error bad-language language');
    expect(problemsOf(text, 'languages: [de, en]\nlanguage: $(lang)\nlocale: de')).toEqual([
      'error two-locales locale',
    ]);
    expect(problemsOf(text, 'languages: [german, en]\nlanguage: $(lang)')).toContain('error bad-language languages.0');
    expect(problemsOf('hi: { wait: { for: 1s } }', 'language: $(lang)')).toEqual(['error no-languages language']);
  });

  it('a choice whose title is in several languages has a value', () => {
    expect(problemsOf(choice(''))).toEqual(['error bad-input-field blocks.a.request-input.choices']);
    expect(problemsOf(choice(', value: y'))).toEqual([]);
  });

  it("Messenger's limits hold in each, and variables are looked at in each", () => {
    const long = 'sehr '.repeat(410);
    const { problems } = checkSource(
      sourceOf(`hi: { send-message: { text: { de: 'Hallo', en-GB: Hello }, buttons: [{ title: { de: Eine sehr lange Antwort, en-GB: Short } }] } }
ho: { send-message: { text: { de: "${long}", en-GB: 'Hi' } } }
he: { send-message: { text: { de: "Hallo $(nobody)", en-GB: 'Hi $(nobody)' } } }`),
    );
    const told = problems.map(({ code, path }) => `${code} ${path}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'title-cut blocks.hi.send-message.buttons.0.title.de',
        'text-too-long blocks.ho.send-message.text.de',
      ]),
    );
    const unset = checkSource(
      sourceOf(`he: { send-message: { text: { de: "Hallo $(nobody)", en-GB: 'Hi $(nobody)' } } }`),
    );
    expect(unset.problems.map(({ code, path }) => `${code} ${path}`)).toContain(
      'variable-not-set blocks.he.send-message.text.de',
    );
  });

  it('the first language stands in diagrams', () => {
    const { document } = parseScenario(sourceOf(greeting));
    expect(document && toMermaid(document)).toContain('Guten Tag');
  });
});
