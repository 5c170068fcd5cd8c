import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../scenario-dsl/checks/check-source.ts';
import { toMermaid } from '../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../scenario-dsl/export/to-xstate.ts';
import { parseScenario } from '../../scenario-dsl/parse-scenario.ts';
import { measureCoverage } from '../../scenario-dsl/testing/coverage.ts';
import { fuzzScenario } from '../../scenario-dsl/testing/fuzz-scenario.ts';
import { readTestFile } from '../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../scenario-dsl/testing/run-tests.ts';
import { bob, ScenarioRun } from './scenario-run.ts';

const source = readFileSync('scenarios/lead-form.yaml', 'utf8');
const { document, problems } = parseScenario(source);
if (!document) throw new Error(JSON.stringify(problems));

const send = (id: string, text: string): object => ({ kind: 'send-message', id, text, quickReplies: [] });

describe('The lead form', () => {
  it('can be published without a warning', () => {
    expect(checkSource(source)).toMatchObject({ isPublishable: true, problems: [] });
  });

  it('has tests that pass and go through every block and every exit', () => {
    const read = readTestFile(readFileSync('scenarios/lead-form.test.yaml', 'utf8'));
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    const outcomes = runTests(document, read.file);
    expect(outcomes.flatMap(({ name, failure }) => (failure ? [name, ...failure.lines] : []))).toEqual([]);
    const lastBlocks = outcomes.flatMap(({ lastBlock }) => lastBlock ?? []);
    const coverage = measureCoverage(
      document,
      outcomes.flatMap(({ path }) => path),
      lastBlocks,
    );
    expect([...coverage.blocks.missing, ...coverage.exits.missing]).toEqual([]);
  });

  it('withstands random customers and agents', () => {
    expect(fuzzScenario(document, { runs: 100, seed: 1 })).toBeUndefined();
  });

  it('can be drawn and exported', () => {
    expect(toMermaid(document)).toContain('block_email --> block_phone : invalid');
    expect(toXstate(document)).toMatchObject({
      id: 'lead-form',
      states: { email: { meta: { type: 'request-input' } } },
    });
  });

  // Golden on purpose: a replay does not notice a changed delay or argument, so this test has to.
  it('asks, asks again, finds, connects and thanks', () => {
    const run = new ScenarioRun(document).answer('message.sent');
    expect(run.deadlinesIn).toEqual([1500]);
    run.wait(1500).answer('message.sent');
    expect(run.deadlinesIn).toEqual([600_000]);
    run.write('Ada').answer('message.sent').write('none').answer('message.sent').write('ada@example.com');
    run.answer('message.sent').write('0049 30 1234567').answer('message.sent').write('prices');
    expect(run.deadlinesIn).toEqual([180_000]);
    run.reserve().answer('message.sent');
    expect(run.deadlinesIn).toEqual([15_000]);
    run.accept().endChat().answer('message.sent');
    expect(run.status).toBe('done');
    expect(run.effects).toEqual([
      send('welcome:2', 'Thank you for your interest! A few short questions, then you talk to one of us.'),
      send('name:4', 'What is your name?'),
      send('email:5', 'Nice to meet you, Ada. What is your e-mail address?'),
      send('email:6', 'That does not look like an e-mail address. It should read like name@example.com.'),
      send('phone:7', 'And your phone number, with the country code?'),
      {
        kind: 'send-message',
        id: 'interest:8',
        text: 'What are you interested in?',
        quickReplies: [
          { title: 'A demo', payload: 'demo' },
          { title: 'Prices', payload: 'prices' },
          { title: 'Something else', payload: 'other' },
        ],
      },
      {
        kind: 'find-agent',
        id: 'find:10',
        skills: ['sales'],
        priority: 10,
        intervals: [{ forMs: 180_000, minLevel: 0 }],
      },
      send('found:11', 'Thank you, Ada. Bob Brown will be with you in a moment.'),
      { kind: 'connect-chat', id: 'talk:12', noAnswerMs: 15_000, destination: bob },
      send('goodbye:13', 'Thank you for writing to us.'),
    ]);
  });
});
