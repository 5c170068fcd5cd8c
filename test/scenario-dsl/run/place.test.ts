import { describe, expect, it } from 'vitest';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { startScenario, step, type StepResult } from '../../../scenario-dsl/run/step.ts';

const blocks = `blocks:
  ask: { send-message: { text: "$(formatDate(now, 'EEEE d. MMMM, HH:mm'))", wait: {} } }
  again: { send-message: { text: "$(formatDate(now, 'EEEE d. MMMM, HH:mm')) $(today)" } }
`;

function begin(head: string, variables: Record<string, unknown> = {}): StepResult & { next(at: string): StepResult } {
  const { document } = parseScenario(`attendant: 2\nscenario: a\n${head}\n${blocks}`);
  if (!document) throw new Error('The scenario has errors.');
  const scenario = compileScenario(document);
  const started = startScenario(scenario, { variables }, Date.parse('2026-12-23T23:30Z'));
  const sent = step(
    scenario,
    started.state,
    { type: 'message.sent', effectId: started.effects[0]?.id ?? '' },
    Date.parse('2026-12-23T23:31Z'),
  );
  return {
    ...started,
    next: (at) => {
      const message = { text: 'Yes', attachments: [], at: Date.parse(at), mid: 'm-1' };
      return step(scenario, sent.state, { type: 'customer.message', message }, Date.parse(at));
    },
  };
}

function textOf({ effects }: StepResult): unknown {
  const [effect] = effects;
  return effect?.kind === 'send-message' ? effect.text : undefined;
}

describe('A run tells the time', () => {
  it('in the zone and the words of its scenario, whatever the entry says', () => {
    const run = begin('timeZone: Europe/Vienna\nlocale: de-AT', { timeZone: 'America/New_York' });
    expect(textOf(run)).toBe('Donnerstag 24. Dezember, 00:30');
  });

  it('in the zone of the entry where the scenario names none, in UTC where nobody does', () => {
    expect(textOf(begin('', { timeZone: 'America/New_York' }))).toBe('Wednesday 23. December, 18:30');
    expect(textOf(begin(''))).toBe('Wednesday 23. December, 23:30');
  });

  it('of the event that it works on, and the same when it is told again', () => {
    const run = begin('timeZone: Europe/Vienna');
    expect(textOf(run.next('2026-12-31T23:15Z'))).toBe('Friday 1. January, 00:15 2027-01-01');
    expect(run.next('2026-12-31T23:15Z')).toEqual(run.next('2026-12-31T23:15Z'));
  });
});

function problemsOf(head: string): unknown {
  return parseScenario(`attendant: 2\nscenario: a\n${head}\n${blocks}`).problems.map(({ code, line, remedy }) => [
    code,
    line,
    remedy,
  ]);
}

describe('At the top of a scenario', () => {
  it.each([
    ['timeZone: Europe/Wien', 'bad-zone', 'Did you mean "Europe/Kiev"?'],
    ['timeZone: Vienna', 'bad-zone', 'Did you mean "Europe/Vienna"?'],
    ['timeZone: Central European Time', 'bad-zone', 'Write a name such as Europe/Vienna.'],
  ])('%s is told with a remedy', (head, code, remedy) => {
    expect(problemsOf(head)).toEqual([[code, 3, remedy]]);
  });

  it('a locale that nobody knows is told with those there are', () => {
    expect(problemsOf('locale: german')).toMatchObject([['bad-locale', 3, expect.stringContaining('de-AT')]]);
  });
});
