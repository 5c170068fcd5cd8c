import { describe, expect, it } from 'vitest';
import { parseBlocks, startRun } from '../scenario-run.ts';

const variables = { name: 'Ada', host: 'shop.test', total: '12.50' };

/** What a Send Message with these fields sends. */
function sent(fields: string): Record<string, unknown> {
  const { kind, id, ...parts } = startRun(`a: { send-message: ${fields} }`, { variables }).lastEffect;
  expect([kind, id]).toEqual(['send-message', 'a:1']);
  return parts;
}

describe('A message', () => {
  it('with buttons is one template that holds its text', () => {
    const fields =
      '{ text: "Hi $(name)", buttons: [{ title: Shop, url: "https://$(host)" }, { title: Call, phone: "+4930" }, { title: More }] }';
    expect(sent(fields)).toEqual({
      text: '',
      quickReplies: [],
      attachments: [
        {
          type: 'template',
          template: {
            kind: 'button',
            text: 'Hi Ada',
            buttons: [
              { type: 'web_url', title: 'Shop', url: 'https://shop.test' },
              { type: 'phone_number', title: 'Call', payload: '+4930' },
              { type: 'postback', title: 'More', payload: 'More' },
            ],
          },
        },
      ],
    });
  });

  it('holds attachments by address or by our own storage, cards and media, in this order', () => {
    const fields = `{ attachments: [{ type: image, url: "https://$(host)/1.png" }, { type: file, file: f1 }],
      cards: [{ title: One, subtitle: first, image: "https://x.test/1", url: "https://x.test", buttons: [{ title: Take, payload: "take-$(name)" }] }, { title: Two }],
      media: { type: video, attachmentId: "7", buttons: [{ title: Again }] } }`;
    expect(sent(fields)).toEqual({
      text: '',
      quickReplies: [],
      attachments: [
        { type: 'image', url: 'https://shop.test/1.png' },
        { type: 'file', fileId: 'f1' },
        {
          type: 'template',
          template: {
            kind: 'generic',
            elements: [
              {
                title: 'One',
                subtitle: 'first',
                imageUrl: 'https://x.test/1',
                url: 'https://x.test',
                buttons: [{ type: 'postback', title: 'Take', payload: 'take-Ada' }],
              },
              { title: 'Two' },
            ],
          },
        },
        {
          type: 'template',
          template: {
            kind: 'media',
            media: 'video',
            attachmentId: '7',
            buttons: [{ type: 'postback', title: 'Again', payload: 'Again' }],
          },
        },
      ],
    });
  });

  it('with a receipt has sums that variables make, and nothing for one that is no number', () => {
    const fields = `{ receipt: { recipientName: $(name), orderNumber: "7", currency: EUR, paymentMethod: Card,
      elements: [{ title: Tea, price: 2.5, quantity: "$(none)", image: "https://x.test/t" }], summary: { totalCost: "$(total)" } } }`;
    expect(sent(fields)['attachments']).toEqual([
      {
        type: 'template',
        template: {
          kind: 'receipt',
          recipientName: 'Ada',
          orderNumber: '7',
          currency: 'EUR',
          paymentMethod: 'Card',
          elements: [{ title: 'Tea', price: 2.5, quantity: null, imageUrl: 'https://x.test/t' }],
          summary: { totalCost: 12.5 },
        },
      },
    ]);
  });

  it('shows the typing indicator before, for 20 seconds at most', () => {
    expect(sent('{ text: a, typing: 1.5s }')['typingMs']).toBe(1500);
    expect(sent('{ text: a, typing: 1m }')['typingMs']).toBe(20_000);
  });

  it.each([
    ['bad-message', '{ quickReplies: [{ title: a }] }'],
    ['bad-message', '{ buttons: [{ title: a }], attachments: [{ type: image, url: "https://x.test" }] }'],
    ['bad-button', '{ text: a, buttons: [{ title: a, url: "https://x.test", phone: "+1" }] }'],
    ['bad-attachment', '{ attachments: [{ type: image }] }'],
    ['bad-media', '{ media: { type: image } }'],
    ['out-of-bounds', '{ text: a, buttons: [{ title: a }, { title: b }, { title: c }, { title: d }] }'],
  ])('is refused with %s: %s', (code, fields) => {
    expect(parseBlocks(`a: { send-message: ${fields} }`).problems.map((problem) => problem.code)).toEqual([code]);
  });
});
