import { describe, expect, it } from 'vitest';
import { messageBody, type SendableAttachment } from '../../adapters/messenger/message-body.ts';
import { fitMessage, type MessageContent } from '../../contracts/fit-message.ts';
import type {
  GenericElement,
  MessageButton,
  OutboundAttachment,
  Template,
} from '../../contracts/outbound-attachment.ts';
import { checkSendBody } from '../../dev/simulator/check-graph-call.ts';
import { Random } from '../../scenario-dsl/testing/random.ts';

const taps = (...titles: string[]) => titles.map((title) => ({ title, payload: title }));
const fit = (content: Partial<MessageContent>) => fitMessage({ text: '', quickReplies: [], ...content });
const fitTemplate = (template: Template) => fit({ attachment: { type: 'template', template } });
const postback = (title: string, payload = title): MessageButton => ({ type: 'postback', title, payload });

describe('A message with something empty in it', () => {
  it('leaves without the quick replies that have no title', () => {
    expect(fit({ text: 'Which slot?', quickReplies: taps('Mon 9:00', ' ', 'Tue 10:00') })).toEqual({
      content: { text: 'Which slot?', quickReplies: taps('Mon 9:00', 'Tue 10:00') },
      notes: ['quick reply 2: its title is empty'],
    });
  });

  it('keeps what Messenger fills in itself', () => {
    const offer = { title: '', payload: '', contentType: 'user_email' as const };
    expect(fit({ text: 'Yours?', quickReplies: [offer] }).content?.quickReplies).toEqual([offer]);
  });

  it('takes the title for an empty payload', () => {
    expect(fit({ text: 'a', quickReplies: [{ title: 'Yes', payload: '' }] }).content?.quickReplies).toEqual(
      taps('Yes'),
    );
  });

  it.each<[string, MessageButton]>([
    ['without a title', postback('')],
    ['without an address', { type: 'web_url', title: 'Go', url: '' }],
    ['with an address that is none', { type: 'web_url', title: 'Go', url: 'shop.example' }],
    ['without a number', { type: 'phone_number', title: 'Call', payload: '' }],
  ])('leaves without a button %s', (_what, button) => {
    const { content, notes } = fitTemplate({ kind: 'button', text: 'Choose', buttons: [button, postback('Yes')] });
    expect(content?.attachment).toMatchObject({ template: { text: 'Choose', buttons: [postback('Yes')] } });
    expect(notes).toEqual([expect.stringContaining('button 1: its ')]);
    expect(fitTemplate({ kind: 'button', text: 'Choose', buttons: [button] }).content).toEqual({
      text: 'Choose',
      quickReplies: [],
    });
  });

  it('leaves without the cards that have no title, and without pictures that have no address', () => {
    const elements = [{ title: '', subtitle: 'a' }, { title: 'B', subtitle: 'b', imageUrl: '' }, { title: 'C' }];
    const { content, notes } = fitTemplate({ kind: 'generic', elements });
    expect(content?.attachment).toEqual({
      type: 'template',
      template: { kind: 'generic', elements: [{ title: 'B', subtitle: 'b' }] },
    });
    expect(notes).toHaveLength(3);
  });

  it('leaves as a text where cards have titles alone', () => {
    const elements = [{ title: 'A', imageUrl: '' }, { title: 'B' }];
    expect(fitTemplate({ kind: 'generic', elements }).content).toEqual({ text: 'A\nB', quickReplies: [] });
  });

  it.each<[string, OutboundAttachment]>([
    ['a picture', { type: 'image', url: '' }],
    ['a file', { type: 'file', fileId: '' }],
    ['media', { type: 'template', template: { kind: 'media', media: 'image', url: '' } }],
  ])('is left out where it is %s that is nowhere, and says so', (_what, attachment) => {
    const { content, notes } = fit({ attachment });
    expect(content).toBeUndefined();
    expect(notes).toHaveLength(1);
  });
});

describe('A message that is too long', () => {
  it('has 13 quick replies with titles of 20 characters, no pair cut', () => {
    const many = taps(...Array.from({ length: 20 }, (_, index) => `${index}`));
    expect(fit({ text: 'a', quickReplies: many }).content?.quickReplies).toHaveLength(13);
    const [long] = fit({ text: 'a', quickReplies: taps(`${'a'.repeat(19)}😀`) }).content?.quickReplies ?? [];
    expect(long?.title).toBe('a'.repeat(19));
  });

  it('has payloads of 1,000 characters, and 640 above buttons, and says what was cut', () => {
    const template = { kind: 'button', text: 'x'.repeat(700), buttons: [postback('Yes', 'p'.repeat(1200))] } as const;
    const { content, notes } = fitTemplate({ ...template, buttons: [...template.buttons] });
    expect(content?.attachment).toMatchObject({
      template: { text: 'x'.repeat(640), buttons: [{ payload: 'p'.repeat(1000) }] },
    });
    expect(notes).toHaveLength(2);
  });
});

const random = new Random(7);
const TEXTS: [string, ...string[]] = [
  '',
  ' ',
  'Yes',
  'half \ud83d',
  '\udc00',
  '😀'.repeat(30),
  'x'.repeat(3000),
  'a\u0000b',
  '{{}}',
];
const ADDRESSES: [string, ...string[]] = [
  '',
  'https://x.test/a b',
  'HTTP://X.test',
  'shop',
  'ftp://x.test',
  'https://',
  'https://x.test/\ud83d',
];
const text = () => random.pick(TEXTS);
const address = () => random.pick(ADDRESSES);
const some = <Item>(make: () => Item, most: number): Item[] =>
  Array.from({ length: random.below(4) === 3 ? most : random.below(3) }, make);
const maybe = <Value>(value: Value): Value | undefined => (random.pick([true, false]) ? value : undefined);
const amount = () => random.pick([1.5, 0, null, Number.NaN]) as number;

function anyButton(): MessageButton {
  return random.pick<() => MessageButton>([
    () => ({ type: 'web_url', title: text(), url: address() }),
    () => ({ type: 'postback', title: text(), payload: text() }),
    () => ({
      type: 'phone_number',
      title: text(),
      payload: random.pick(['', '+49 (30) 123456', '12', '0049301234567']),
    }),
  ])();
}

function anyCard(): GenericElement {
  const card = { title: text(), subtitle: maybe(text()), imageUrl: maybe(address()), url: maybe(address()) };
  return { ...card, buttons: maybe(some(anyButton, 5)) } as GenericElement;
}

function anyTemplate(): Template {
  const line = text;
  return random.pick<() => Template>([
    () => ({ kind: 'button', text: text(), buttons: some(anyButton, 5) }),
    () => ({ kind: 'generic', elements: some(anyCard, 12) }),
    () =>
      ({
        kind: 'media',
        media: 'image',
        url: maybe(address()),
        attachmentId: maybe(text()),
        buttons: some(anyButton, 5),
      }) as Template,
    () =>
      ({
        kind: 'receipt',
        recipientName: line(),
        orderNumber: 'A1',
        currency: random.pick(['EUR', '']),
        paymentMethod: line(),
        orderUrl: maybe(address()),
        merchantName: maybe(text()),
        timestamp: maybe(random.pick(['soon', '1700000000'])),
        elements: some(() => ({ title: text(), price: amount(), quantity: amount(), imageUrl: address() }), 3),
        address: maybe({ street1: line(), city: 'Graz', postalCode: 'x', state: 'ST', country: 'AT' }),
        summary: { totalCost: amount(), totalTax: amount() },
        adjustments: maybe([{ name: text(), amount: amount() }]),
      }) as Template,
  ])();
}

function anyAttachment(): OutboundAttachment | undefined {
  return random.pick<() => OutboundAttachment | undefined>([
    () => undefined,
    () => ({ type: 'image', url: address() }),
    () => ({ type: 'template', template: anyTemplate() }),
    () => ({ type: 'template', template: anyTemplate() }),
  ])();
}

describe('Whatever variables put into a message', () => {
  it('what leaves of it is taken by Messenger, and fitting it again changes nothing', () => {
    let taken = 0;
    for (let attempt = 0; attempt < 4000; attempt += 1) {
      const attachment = anyAttachment();
      const quickReplies = some(() => ({ title: text(), payload: text() }), 20);
      const { content } = fitMessage({ text: text(), quickReplies, ...(attachment && { attachment }) });
      if (!content) continue;
      taken += 1;
      expect(fitMessage(content)).toEqual({ content, notes: [] });
      const message = messageBody({
        text: content.text,
        quickReplies: content.quickReplies,
        partId: 'p',
        ...(content.attachment && { attachment: content.attachment as SendableAttachment }),
      });
      expect(() => checkSendBody({ recipient: { id: 'u' }, message }), JSON.stringify(message)).not.toThrow();
    }
    expect(taken).toBeGreaterThan(1000);
  });
});
