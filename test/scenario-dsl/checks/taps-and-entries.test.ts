import { describe, expect, it } from 'vitest';
import { checkSource, type CheckReport } from '../../../scenario-dsl/checks/check-source.ts';
import { emptyConfiguration as configuration } from '../empty-configuration.ts';

const check = (blocks: string): CheckReport =>
  checkSource(`attendant: 2\nscenario: s\nblocks:\n${blocks.trim().replaceAll(/^(?=.)/gm, '  ')}\n`);

describe('A payload that is asked for where the reply was kept', () => {
  const offer = `
ask:
  send-message:
    text: Plan?
    quickReplies: [{ title: Basic, payload: basic }, { title: Take Premium, payload: premium }]
    wait: { into: plan }
  exits: { timeout: end }`;
  const warned = (blocks: string): string[] => check(offer + blocks).problems.map(({ message }) => message);
  const told = 'Whoever taps "Take Premium" replies so: $(plan) is that title, and not its payload "premium".';

  it('is told, in a Switch and in an If', () => {
    expect(
      warned(
        '\nway: { switch: { variable: plan, cases: { basic: end, premium: end }, default: end } }\nend: { exit: {} }',
      ),
    ).toEqual([told.replace('Take Premium', 'Basic').replace('premium', 'basic'), told]);
    expect(
      warned(
        "\nway: { if: [{ when: $(plan) == 'premium' and $(plan) != 'x', go: end }, { else: end }] }\nend: { exit: {} }",
      ),
    ).toEqual([told]);
  });

  it('is told where it is to choose the language', () => {
    const source = `attendant: 2
scenario: spoken
languages: [en, de]
language: $(lang|en)
blocks:
  ask: { send-message: { text: Sprache?, quickReplies: [{ title: English, payload: en }, { title: Deutsch, payload: de }], wait: { into: lang } }, exits: { timeout: end } }
  hi: { send-message: { text: { en: Hi, de: Hallo } } }
`;
    expect(checkSource(source).problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 reply-is-title',
      '4 reply-is-title',
    ]);
  });

  it('is well where the payload is read, or put into the variable', () => {
    expect(
      warned(
        '\nway: { switch: { variable: item.payload, cases: { basic: end, premium: end }, default: end } }\nend: { exit: {} }',
      ),
    ).toEqual([]);
    expect(
      warned(
        '\nset: { set-variable: { plan: $(item.payload) } }\nway: { switch: { variable: plan, cases: { premium: end }, default: end } }\nend: { exit: {} }',
      ),
    ).toEqual([]);
  });
});

describe('What an entry says by itself to customers of a scenario in several languages', () => {
  const spoken = `attendant: 2
scenario: spoken
languages: [en, de]
language: $(item.referral.ref|en)
blocks: { a: { send-message: { text: { en: Hi, de: Hallo } } } }
`;
  const toldOf = (texts: object, scenario = 'spoken'): string[] =>
    checkSource(spoken, {
      version: 'abc',
      configuration: { ...configuration, entries: [{ name: 'front', scenario, texts }] },
    }).problems.map(({ line, severity, message, remedy }) => `${line} ${severity}: ${message} ${remedy}`);

  it('is told where it lacks one of them, or is one for all', () => {
    expect(toldOf({ onError: { en: 'Sorry', fr: 'Pardon' }, inactivityClosing: 'Bye', inactivityWarning: '' })).toEqual(
      [
        '3 warning: Entry "front" begins this scenario, and its inactivityClosing is one text for all languages. Write it in each, in the entry, its account or the chat settings: inactivityClosing: { en: …, de: … }.',
        '3 warning: Entry "front" begins this scenario, and its onError is missing in de. Add de: … to it.',
      ],
    );
  });

  it('is well where it is in each, switched off, or of an entry that begins something else', () => {
    expect(toldOf({ onError: { de: 'Pech', en: 'Sorry' }, inactivityClosing: '', inactivityWarning: '…' })).toEqual([]);
    expect(toldOf({ onError: 'Sorry' }, 'other')).toEqual([]);
    expect(toldOf({ onError: 'Sorry' }, 'spoken@def')).toEqual([]);
  });
});
