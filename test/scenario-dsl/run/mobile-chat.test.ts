import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { bob, ScenarioRun } from '../scenario-run.ts';

const { document, problems } = parseScenario(readFileSync('scenarios/mobile-chat.yaml', 'utf8'));

function startMobileChat(variables: Record<string, unknown> = {}): ScenarioRun {
  if (!document) throw new Error(JSON.stringify(problems));
  return new ScenarioRun(document, { variables });
}

const send = (id: string, text: string): object => ({ kind: 'send-message', id, text, quickReplies: [] });

// Golden on purpose: a replay does not alert a changed delay or argument, so these tests have to.
describe('Mobile Chat', () => {
  it('is free of problems', () => {
    expect(problems).toEqual([]);
  });

  it('greets, asks, finds, connects and says goodbye', () => {
    const run = startMobileChat({ customer: { firstName: 'Ada' } });
    run.answer('message.sent').answer('message.sent');
    expect(run.deadlinesIn).toEqual([600_000]);
    run.write('My order');
    expect(run.deadlinesIn).toEqual([180_000]);
    run.reserve().answer('message.sent');
    expect(run.deadlinesIn).toEqual([10_000]);
    run.accept().endChat().answer('message.sent');
    expect(run.status).toBe('done');
    expect(run.block).toBe('end');
    expect(run.effects).toEqual([
      send('welcome:1', 'Hello Ada, thank you for writing.'),
      send('about:2', 'What can we do for you?'),
      {
        kind: 'find-agent',
        id: 'find:4',
        skills: ['support'],
        priority: 5,
        intervals: [
          { forMs: 60_000, minLevel: 50 },
          { forMs: 120_000, minLevel: 20 },
        ],
      },
      send('found:5', 'Bob Brown will be with you in a moment.'),
      { kind: 'connect-chat', id: 'talk:6', noAnswerMs: 10_000, destination: bob },
      send('thanks:8', 'Thank you for talking to us.'),
    ]);
  });

  it('asks billing for two minutes, then everybody, then says that nobody is here', () => {
    const run = startMobileChat().answer('message.sent').answer('message.sent').write('An INVOICE');
    expect(run.deadlinesIn).toEqual([120_000]);
    run.wait(120_000).wait(180_000).answer('message.sent');
    expect(run.status).toBe('done');
    expect(run.effects.slice(2)).toEqual([
      { kind: 'find-agent', id: 'find-billing:4', skills: ['billing'], intervals: [{ forMs: 120_000, minLevel: 0 }] },
      { kind: 'cancel-find-agent', id: 'find-billing:4' },
      expect.objectContaining({ kind: 'find-agent', id: 'find:5' }),
      { kind: 'cancel-find-agent', id: 'find:5' },
      send('closed:6', 'Nobody is here right now. Please write to us again a little later.'),
    ]);
  });

  it('looks for another agent when the first does not answer', () => {
    const run = startMobileChat().answer('message.sent').answer('message.sent').write('Help');
    run.reserve().answer('message.sent').wait(10_000);
    expect(run.result.effects).toEqual([
      { kind: 'withdraw-offer', id: 'talk:6', outcome: 'no-answer' },
      expect.objectContaining({ kind: 'find-agent', id: 'find:7' }),
    ]);
  });

  it('thanks the customer who says bye and the one who says nothing', () => {
    const bye = startMobileChat().answer('message.sent').answer('message.sent').write('ok bye');
    const silent = startMobileChat().answer('message.sent').answer('message.sent').wait(600_000);
    expect([bye.block, silent.block]).toEqual(['thanks', 'thanks']);
  });

  it('compiles to the same run from a document that went through JSON', () => {
    const copy = JSON.parse(JSON.stringify(document)) as NonNullable<typeof document>;
    expect(new ScenarioRun(copy).result).toEqual(startMobileChat().result);
  });
});
