import { describe, expect, it } from 'vitest';
import { withLine } from '../../../scenario-dsl/blocks/talk.ts';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import type { TalkLine } from '../../../contracts/operation.ts';
import { startRun } from '../scenario-run.ts';
import { emptyConfiguration } from '../empty-configuration.ts';

const agent = (fields: string, more = ''): string => `attendant: 2
scenario: assisted
blocks:
  assistant:
    ai-agent: { instructions: Be kind., ${fields} }
    exits: { hand-over: end, failed: end, timeout: end, send-error: end }
    next: end
${more}`;

const codes = (source: string): string[] => checkSource(source).problems.map(({ code }) => code);

describe('The check of an AI Agent', () => {
  it.each([
    ['an action called like a way of its own', 'actions: [{ name: hand-over, description: a, go: end }]'],
    [
      'two actions of one name',
      'actions: [{ name: a, description: a, go: end }, { name: a, description: b, go: end }]',
    ],
    ['two beginnings', 'text: Hello, message: Hello'],
  ])('refuses %s', (_what, fields) => {
    expect(codes(agent(fields))).toContain('bad-ai-agent');
  });

  it('refuses an action that leads nowhere, and a shared variable that nothing sets', () => {
    expect(codes(agent('actions: [{ name: a, description: b, go: nowhere }]'))).toContain('unknown-block');
    expect(codes(agent('share: { order: $(oder) }'))).toContain('variable-not-set');
  });

  it.each([
    ['', [], 'The configuration has no model.'],
    ['account: gtp', ['gpt'], 'The configuration has no model "gtp".'],
    ['', ['gpt', 'small'], 'The configuration has several models.'],
    ['account: small', ['gpt', 'small'], undefined],
    ['', ['gpt'], undefined],
  ])('warns where the configuration has no such model: %s of %s', (...[account, models, message]) => {
    const configuration = { ...emptyConfiguration, models };
    const { problems } = checkSource(agent(`text: Hello, ${account}`), { configuration });
    expect(problems.map((problem) => problem.message)).toEqual(message === undefined ? [] : [message]);
  });

  const back = `  way:
    send-message: { text: "Straight on." }
    exits: { send-error: end }
    next: assistant
`;

  it('tells of a round that would ask the model again and again while the customer is silent', () => {
    const actions = 'actions: [{ name: way, description: a, go: way }]';
    expect(codes(agent(actions, back))).toContain('endless-silence');
    expect(codes(agent(`text: Hello, ${actions}`, back))).toEqual([]);
  });
});

describe('An AI Agent without a text of its own', () => {
  it('begins with the customer’s last message', () => {
    const run = startRun('a: { ai-agent: { instructions: Be kind. } }', {
      variables: { item: { message: 'A table?' } },
    });
    expect(run.lastEffect).toMatchObject({ operation: { talk: [{ by: 'customer', text: 'A table?' }] } });
  });
});

describe('What is kept of a talk', () => {
  it('is bounded: the oldest lines are forgotten, a line of any length is cut', () => {
    let talk: TalkLine[] = [];
    for (let n = 0; n < 50; n += 1) talk = withLine(talk, { by: 'customer', text: `${n} ${'x'.repeat(5000)}` });
    expect(talk.map(({ text }) => text.slice(0, 2))).toEqual(['44', '45', '46', '47', '48', '49']);
    expect(JSON.stringify(talk).length).toBeLessThan(13_000);
  });
});
