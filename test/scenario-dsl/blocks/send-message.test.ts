import { describe, expect, it } from 'vitest';
import { startRun } from '../scenario-run.ts';

const prompt = `
ask: { send-message: { text: "Your name?", wait: { into: customer.name, timeout: 90s } }, exits: { timeout: late } }
greet: { send-message: { text: "Hello $(customer.name)" } }
end: { exit: {} }
late: { send-message: { text: "Too late" } }
`;

describe('Send Message', () => {
  it('sends the text with the variables in it and goes on when it has been sent', () => {
    const run = startRun('hi: { send-message: { text: "Hi $(name|you)" } }\nbye: { send-message: { text: "Bye" } }');
    expect(run.effects).toEqual([{ kind: 'send-message', id: 'hi:1', text: 'Hi you', quickReplies: [] }]);
    expect(run.answer('message.sent').block).toBe('bye');
    expect(run.lastEffect.id).toBe('bye:2');
  });

  it('gives a quick reply its title as payload when it has none', () => {
    const run = startRun(
      'ask: { send-message: { text: "?", quickReplies: [{ title: "$(a)" }, { title: No, payload: n }] } }',
      { variables: { a: 'Yes' } },
    );
    expect(run.lastEffect).toMatchObject({
      quickReplies: [
        { title: 'Yes', payload: 'Yes' },
        { title: 'No', payload: 'n' },
      ],
    });
  });

  it('takes send-error when the message cannot be sent', () => {
    const run = startRun(`
hi: { send-message: { text: Hi }, exits: { send-error: sorry } }
end: { exit: {} }
sorry: { set-variable: { failed: true } }
`);
    run.failSend();
    expect(run.variables).toMatchObject({
      failed: true,
      exception: { block: 'hi', exit: 'send-error', outcome: 'No' },
    });
    expect(run.status).toBe('done');
  });

  it('sends the error text of the entry, then ends, when send-error is not wired', () => {
    const run = startRun('hi: { send-message: { text: Hi } }\nmore: { send-message: { text: More } }', {
      variables: { name: 'Ada' },
      onErrorText: 'Sorry, $(name).',
    });
    run.failSend();
    expect(run.lastEffect).toEqual({ kind: 'send-message', id: 'hi:2', text: 'Sorry, Ada.', quickReplies: [] });
    expect(run.status).toBe('running');
    expect(run.answer('message.sent').status).toBe('done');
  });

  it('ends although the error text cannot be sent either', () => {
    const run = startRun('hi: { send-message: { text: Hi } }', { variables: {}, onErrorText: 'Sorry' });
    expect(run.failSend().failSend().status).toBe('done');
    expect(run.effects).toHaveLength(2);
  });

  it('sends an error text with a broken substitution as it was written', () => {
    const run = startRun('hi: { send-message: { text: Hi } }', { variables: {}, onErrorText: 'Sorry $(' });
    expect(run.failSend().lastEffect).toMatchObject({ text: 'Sorry $(' });
  });

  it('ends at once when send-error is not wired and the entry has no error text', () => {
    const run = startRun('hi: { send-message: { text: Hi } }');
    expect(run.failSend().status).toBe('done');
    expect(run.effects).toHaveLength(1);
  });
});

describe('Send Message with wait', () => {
  it('puts the next message into the variable and goes on', () => {
    const run = startRun(prompt).answer('message.sent').write('Ada');
    expect(run.lastEffect).toMatchObject({ text: 'Hello Ada' });
  });

  it('starts its time when the prompt has been sent, not before', () => {
    const run = startRun(prompt);
    expect(run.deadlinesIn).toEqual([]);
    run.wait(3_600_000).answer('message.sent');
    expect(run.deadlinesIn).toEqual([90_000]);
  });

  it('waits ten minutes unless told otherwise', () => {
    const run = startRun('ask: { send-message: { text: "?", wait: {} } }').answer('message.sent');
    expect(run.deadlinesIn).toEqual([600_000]);
  });

  it('takes timeout when the time is up, and not a millisecond earlier', () => {
    const run = startRun(prompt).answer('message.sent').wait(89_999);
    expect(run.block).toBe('ask');
    expect(run.wait(1).block).toBe('late');
  });

  it('falls to the next block when timeout is not wired', () => {
    const run = startRun('ask: { send-message: { text: "?", wait: {} } }\nnext: { send-message: { text: Next } }');
    expect(run.answer('message.sent').wait(600_000).block).toBe('next');
  });

  it('leaves no deadline behind when the reply comes in time', () => {
    const run = startRun(prompt).answer('message.sent').write('Ada');
    expect(run.deadlinesIn).toEqual([]);
  });

  it('takes a message that comes while the prompt is being sent as the reply, once the send has settled', () => {
    const run = startRun(prompt).write('Ada');
    expect(run.block).toBe('ask');
    expect(run.answer('message.sent').lastEffect).toMatchObject({ text: 'Hello Ada' });
  });

  it('takes the first of several messages that come while the prompt is being sent', () => {
    const run = startRun(prompt).write('Ada').write('Hello?').answer('message.sent');
    expect(run.lastEffect).toMatchObject({ text: 'Hello Ada' });
    expect(run.variables).toMatchObject({ item: { message: 'Hello?' } });
  });

  it('does not take a message from before the prompt as the reply', () => {
    const run = startRun(`first: { send-message: { text: First } }\n${prompt.trim()}`);
    run.write('early').answer('message.sent').answer('message.sent');
    expect(run.block).toBe('ask');
    expect(run.variables).toMatchObject({ item: { message: 'early' } });
  });

  it('does not take the early reply of an earlier visit as the reply of the next', () => {
    const run = startRun(`
ask: { send-message: { text: "?", wait: { into: a } }, exits: { send-error: ask } }
`);
    run.write('one').failSend();
    expect(run.lastEffect.id).toBe('ask:2');
    expect(run.answer('message.sent').status).toBe('running');
  });

  it('takes send-error although a reply has come already', () => {
    const run = startRun(prompt, { variables: {} }).write('Ada').failSend();
    expect(run.status).toBe('done');
    expect(run.variables).not.toHaveProperty('customer');
  });

  it('takes the payload of a message without text', () => {
    const run = startRun(prompt).answer('message.sent');
    run.tell({ type: 'customer.message', message: { payload: 'ADA', attachments: [], at: run.now, mid: 'm' } });
    expect(run.variables).toMatchObject({ customer: { name: 'ADA' }, item: { message: 'ADA', payload: 'ADA' } });
  });

  it('shows the attachments of a message as $(item.attachments)', () => {
    const run = startRun(prompt).answer('message.sent');
    const attachments = [{ type: 'image', url: 'https://x.test/1.png' }, { type: 'location' }];
    run.tell({ type: 'customer.message', message: { attachments, at: run.now, mid: 'm' } });
    expect(run.variables).toMatchObject({ customer: { name: '' }, item: { message: '', attachments } });
  });

  it('goes on without a variable to put the reply into', () => {
    const run = startRun('ask: { send-message: { text: "?", wait: {} } }\nnext: { send-message: { text: Next } }');
    expect(run.answer('message.sent').write('x').block).toBe('next');
  });
});

describe('A link, an ad or a plugin that is opened during a question', () => {
  const asks = [
    'ask: { send-message: { text: "?", wait: { into: said, timeout: 1h } } }\nnext: { wait: { for: 1h } }',
    'ask: { request-input: { text: "?", into: said, retry: { count: 0 } }, exits: { invalid: next } }\nnext: { wait: { for: 1h } }',
    'ask: { send-message: { text: "?", wait: { into: said, timeout: 1h, gather: { quiet: 2s } } } }\nnext: { wait: { for: 1h } }',
  ];

  it.each(asks)('answers nothing: %s', (scenario) => {
    const referred = { type: 'customer.referred', referral: { ref: 'summer', adId: '7' } } as const;
    const early = startRun(scenario).tell(referred).answer('message.sent');
    expect(early.block).toBe('ask');
    const run = startRun(scenario).answer('message.sent').tell(referred).wait(5000);
    expect(run.block).toBe('ask');
    expect(run.variables).toMatchObject({ item: { referral: { ref: 'summer', adId: '7' } } });
    expect(run.write('yes').wait(2000).block).toBe('next');
    expect(run.variables['said']).toBe('yes');
  });
});
