import { describe, expect, it } from 'vitest';
import { listAnswers } from '../../../scenario-dsl/run/list-answers.ts';
import { documentOf, ScenarioRun } from '../scenario-run.ts';

const form = `topic: { request-input: { text: "Hello $(customer.firstName|there), what is it about?", type: choice, into: topic, choices: [{ title: Return }, { title: Repair }] } }
order: { send-message: { text: Which order?, wait: { into: order.number } } }
known: { collect: { fields: [email] } }
again: { send-message: { text: Which order was it?, wait: { into: order.number } } }
note: { set-variable: { variable: other, value: "not asked" } }
end: { exit: {} }`;

const opened = { customer: { firstName: 'Nadia' } };
const answersOf = (run: ScenarioRun) => listAnswers(run.scenario, run.result.state, opened);

describe('what a customer has answered', () => {
  it('is each question with its answer, in the order in which the scenario asks', () => {
    const run = new ScenarioRun(documentOf(form), { variables: opened });
    expect(answersOf(run)).toEqual([]);
    run.answer('message.sent').write('Repair');
    expect(answersOf(run)).toEqual([{ name: 'topic', question: 'Hello Nadia, what is it about?', value: 'Repair' }]);
    run.answer('message.sent').write('HH-20418');
    run.answer('message.sent').write('nadia@example.com');
    expect(answersOf(run).map(({ name, value }) => [name, value])).toEqual([
      ['topic', 'Repair'],
      ['order.number', 'HH-20418'],
      ['customer.email', 'nadia@example.com'],
    ]);
  });

  it('reads the same whatever the variables of a question become later', () => {
    const run = new ScenarioRun(
      documentOf(`ask: { send-message: { text: "It is $(mood|nice), is it?", wait: { into: reply } } }
set: { set-variable: { variable: mood, value: "awful" } }
more: { send-message: { text: And?, wait: { into: more } } }
end: { exit: {} }`),
    );
    run.answer('message.sent').write('Yes');
    expect(answersOf(run)).toEqual([{ name: 'reply', question: 'It is nice, is it?', value: 'Yes' }]);
  });

  it('holds no more of a text than can be taken in at a glance, and nothing that was not asked for', () => {
    const run = new ScenarioRun(documentOf(form));
    run.answer('message.sent').write('Return');
    run.answer('message.sent').write('x'.repeat(2000));
    const [, order] = answersOf(run);
    expect(order?.value).toHaveLength(500);
    expect(answersOf(run).map(({ name }) => name)).not.toContain('other');
  });
});
