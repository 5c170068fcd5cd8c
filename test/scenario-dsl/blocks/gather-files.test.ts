import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../contracts/customer-event.ts';
import { startRun, type ScenarioRun } from '../scenario-run.ts';

const gathering = `
ask: { send-message: { text: "?", wait: { into: q, timeout: 1m, gather: { quiet: 2s, max: 5s } } }, exits: { timeout: late } }
next: { wait: { for: 1h } }
late: { wait: { for: 1h } }
`;

function attach(run: ScenarioRun, ...types: string[]): ScenarioRun {
  const attachments = types.map((type) => ({ type, url: `https://x.test/${type}` }));
  return run.tell({ type: 'customer.message', message: { attachments, at: run.now, mid: `m-${run.now}` } });
}

const tap = (run: ScenarioRun): ScenarioRun =>
  run.tell({
    type: 'customer.message',
    message: { text: 'Done', payload: 'DONE', attachments: [], at: run.now, mid: 'tap' },
  });

describe('Gathering a reply', () => {
  it('joins what comes until it has been quiet for a while', () => {
    const run = startRun(gathering).answer('message.sent').write('Hello').wait(1999).write('my invoice').wait(1999);
    expect(run.block).toBe('ask');
    run.wait(1);
    expect(run.block).toBe('next');
    expect(run.variables['q']).toBe('Hello\nmy invoice');
  });

  it('ends after its maximum, however much comes', () => {
    const run = startRun(gathering).answer('message.sent').write('0');
    for (const text of ['1', '2', '3', '4']) run.wait(1000).write(text);
    expect(run.wait(999).block).toBe('ask');
    expect(run.wait(1).block).toBe('next');
    expect(run.variables['q']).toBe('0\n1\n2\n3\n4');
  });

  it('begins with what comes while the prompt is being sent', () => {
    const run = startRun(gathering).write('one').write('two');
    expect(run.deadlinesIn).toEqual([]);
    run.answer('message.sent').wait(1000).write('three').wait(2000);
    expect(run.variables['q']).toBe('one\ntwo\nthree');
  });

  it('does not take the time of the whole reply for silence', () => {
    const run = startRun(gathering).answer('message.sent').wait(59_000).write('at last').wait(1999);
    expect(run.block).toBe('ask');
    expect(run.wait(1).block).toBe('next');
  });

  it('is over with a tap, at once, whenever it comes', () => {
    const first = tap(startRun(gathering).answer('message.sent'));
    expect([first.block, first.variables['q']]).toEqual(['next', 'Done']);
    const behind = tap(startRun(gathering).answer('message.sent').write('My photo').wait(500));
    expect([behind.block, behind.variables['q']]).toEqual(['next', 'My photo\nDone']);
    const early = tap(startRun(gathering)).answer('message.sent');
    expect([early.block, early.variables['q']]).toEqual(['next', 'Done']);
  });

  it('keeps timeout for a customer who says nothing', () => {
    expect(startRun(gathering).answer('message.sent').wait(60_000).block).toBe('late');
  });

  it('reads the joined reply of a Request Input, and asks again', () => {
    const run = startRun(
      'a: { request-input: { text: "?", type: number, into: n, gather: { quiet: 1s } } }\nb: { wait: { for: 1h } }',
    );
    run.answer('message.sent').write('4').write('2').wait(1000);
    expect(run.lastEffect).toMatchObject({ kind: 'send-message', id: 'a:2' });
    run.answer('message.sent').write('42').wait(1000);
    expect(run.variables['n']).toBe(42);
  });

  it('begins anew when it asks again', () => {
    const run = startRun('a: { request-input: { text: "?", type: number, into: n, gather: { quiet: 1s } } }');
    run.answer('message.sent').write('x').wait(1000).answer('message.sent');
    expect(run.wait(5000).block).toBe('a');
    expect(run.write('7').wait(1000).variables['n']).toBe(7);
  });
});

const photos = `
ask: { send-message: { text: "A photo?", wait: { into: q, files: photos } }, exits: { file-received: got } }
none: { wait: { for: 1h } }
got: { wait: { for: 1h } }
`;

/** What has an address and is no file all the same. */
const NO_FILES: Attachment[] = [
  { type: 'image', url: 'https://x.test/thumb.png', stickerId: '369239263222822' },
  ...['sticker', 'fallback', 'ig_reel', 'reel', 'post', 'share', 'template', 'location', 'of tomorrow'].map((type) => ({
    type,
    url: `https://x.test/${type}`,
  })),
];

describe('Send Message that expects a file', () => {
  it('takes file-received with the files and the text beside them', () => {
    const run = attach(startRun(photos).answer('message.sent'), 'image', 'video');
    expect(run.block).toBe('got');
    expect(run.variables).toMatchObject({
      q: '',
      photos: [
        { type: 'image', url: 'https://x.test/image' },
        { type: 'video', url: 'https://x.test/video' },
      ],
    });
  });

  it('takes one that comes while the prompt is being sent', () => {
    const run = attach(startRun(photos), 'image');
    expect(run.answer('message.sent').block).toBe('got');
  });

  it('goes on with a text', () => {
    expect(startRun(photos).answer('message.sent').write('no').block).toBe('none');
  });

  it.each(NO_FILES)('goes on with $type, which is no file', (attachment) => {
    const message = { attachments: [attachment], at: 0, mid: 'm' };
    const run = startRun(photos).answer('message.sent').tell({ type: 'customer.message', message });
    expect(run.block).toBe('none');
    expect(run.variables['photos']).toBeUndefined();
  });

  it('keeps the files alone of what comes together', () => {
    const run = attach(startRun(photos).answer('message.sent'), 'fallback', 'image');
    expect(run.variables['photos']).toEqual([{ type: 'image', url: 'https://x.test/image' }]);
  });

  it('does not take the file of an earlier prompt', () => {
    const run = attach(startRun(photos), 'image');
    run.failSend();
    const again = startRun(`${photos.trim()}\nback: { goto: ask }`);
    expect(again.write('x').answer('message.sent').block).toBe('none');
    expect(run.status).toBe('done');
  });
});

const form = `
form:
  request-input:
    form:
      - { name: email, text: "E-mail?", type: email, fromProfile: true }
      - { name: seats, text: "How many?", type: number, into: seats, retry: { text: "A number, please.", count: 1 } }
      - { name: place, text: "Where?", type: location }
  exits: { invalid: bad }
done: { wait: { for: 1h } }
bad: { wait: { for: 1h } }
`;

describe('Request Input with a form', () => {
  it('asks one field after the other, each message with an id of its own', () => {
    const run = startRun(form).answer('message.sent').write('ada@example.com');
    expect(run.lastEffect).toMatchObject({ id: 'form:2', text: 'How many?' });
    run.answer('message.sent').write('3').answer('message.sent').write('52.52, 13.405');
    expect(run.block).toBe('done');
    expect(run.variables).toMatchObject({
      seats: 3,
      item: { externalChatData: { email: 'ada@example.com', place: { lat: 52.52, long: 13.405 } } },
    });
  });

  it('offers the address that Messenger knows', () => {
    expect(startRun(form).lastEffect).toMatchObject({
      quickReplies: [{ title: '', payload: '', contentType: 'user_email' }],
    });
  });

  it('counts asking again for each field, and takes invalid from any', () => {
    const run = startRun(form).answer('message.sent').write('no').answer('message.sent').write('ada@example.com');
    run.answer('message.sent').write('many');
    expect(run.lastEffect).toMatchObject({ text: 'A number, please.' });
    expect(run.answer('message.sent').write('many').block).toBe('bad');
  });

  it('takes what comes while a field is being asked for', () => {
    const run = startRun(form).write('ada@example.com').answer('message.sent').write('3').answer('message.sent');
    expect(run.lastEffect).toMatchObject({ text: 'Where?' });
  });

  it('takes a shared location', () => {
    const run = startRun('a: { request-input: { text: "Where?", type: location, into: p } }\nb: { wait: { for: 1h } }');
    const attachments = [{ type: 'location', coordinates: { lat: 1.5, long: -2 } }];
    run.answer('message.sent').tell({ type: 'customer.message', message: { attachments, at: run.now, mid: 'm' } });
    expect(run.variables).toMatchObject({ p: { lat: 1.5, long: -2 }, item: { attachments } });
  });

  it('takes a file by its address, and no text for one', () => {
    const run = startRun('a: { request-input: { text: "Bill?", type: file, into: f } }\nb: { wait: { for: 1h } }');
    expect(run.answer('message.sent').write('later').block).toBe('a');
    expect(attach(run.answer('message.sent'), 'file').variables['f']).toBe('https://x.test/file');
  });
});

describe('Collect', () => {
  const blocks = 'a: { collect: { texts: { name: "Who?" } } }\nb: { wait: { for: 1h } }';

  it('asks for name, e-mail address and question', () => {
    const run = startRun(blocks);
    for (const reply of ['Ada', 'ada@example.com', 'Why?']) run.answer('message.sent').write(reply);
    expect(run.variables).toMatchObject({ customer: { name: 'Ada', email: 'ada@example.com' }, question: 'Why?' });
    expect(run.effects.map((effect) => ('text' in effect ? effect.text : ''))).toEqual([
      'Who?',
      'Your e-mail address?',
      'What can we do for you?',
    ]);
  });

  it('leaves out what is known', () => {
    const run = startRun(blocks, { variables: { customer: { firstName: 'Ada' }, question: 'Why?' } });
    expect(run.lastEffect).toMatchObject({ text: 'Your e-mail address?' });
    expect(run.answer('message.sent').write('ada@example.com').block).toBe('b');
  });

  it('goes on at once when everything is known', () => {
    const variables = { customer: { name: 'Ada', email: 'a@b.cd' }, question: 'Why?' };
    expect(startRun(blocks, { variables }).block).toBe('b');
  });

  it('asks for what is known as well when it is told to', () => {
    const run = startRun('a: { collect: { fields: [phone, name], askKnown: true } }', {
      variables: { customer: { firstName: 'Ada', phone: '+49301234567' } },
    });
    expect(run.lastEffect).toMatchObject({ text: 'Your phone number?' });
    expect(run.answer('message.sent').write('030 1234567').lastEffect).toMatchObject({ text: 'What is your name?' });
  });
});
