import { describe, expect, it } from 'vitest';
import { messageBody } from '../../../adapters/messenger/message-body.ts';
import type { Template } from '../../../contracts/outbound-attachment.ts';

describe('quick replies', () => {
  it("ask for the customer's own phone number without title or payload", () => {
    const quickReplies = [{ title: '', payload: '', contentType: 'user_phone_number' as const }];
    expect(messageBody({ text: 'Your number?', quickReplies, partId: 'p' })).toEqual({
      text: 'Your number?',
      quick_replies: [{ content_type: 'user_phone_number' }],
      metadata: 'p',
    });
  });
});

const BUTTON = { type: 'postback', title: 'Yes', payload: 'YES' } as const;

function payloadOf(template: Template): unknown {
  const body = messageBody({ text: '', attachment: { type: 'template', template }, quickReplies: [], partId: 'p' });
  return (body as { attachment: { payload: unknown } }).attachment.payload;
}

describe('an attachment', () => {
  it('by URL stands in place of the text', () => {
    const attachment = { type: 'image', url: 'https://cdn.example/a.png' } as const;
    expect(messageBody({ text: '', attachment, quickReplies: [], partId: 'p' })).toEqual({
      attachment: { type: 'image', payload: { url: 'https://cdn.example/a.png', is_reusable: false } },
      metadata: 'p',
    });
  });

  it('that was uploaded goes by its id', () => {
    const attachment = { type: 'file', attachmentId: '77' } as const;
    expect(messageBody({ text: '', attachment, quickReplies: [], partId: 'p' })).toEqual({
      attachment: { type: 'file', payload: { attachment_id: '77' } },
      metadata: 'p',
    });
  });
});

describe('a template', () => {
  it('with buttons has its text above them', () => {
    expect(payloadOf({ kind: 'button', text: 'Choose', buttons: [BUTTON] })).toEqual({
      template_type: 'button',
      text: 'Choose',
      buttons: [BUTTON],
    });
  });

  it('of cards shows each with its picture, link and buttons', () => {
    const card = { title: 'Card', subtitle: 'Sub', imageUrl: 'https://i.example/1', url: 'https://e.example' };
    expect(payloadOf({ kind: 'generic', elements: [card] })).toEqual({
      template_type: 'generic',
      elements: [
        {
          title: 'Card',
          subtitle: 'Sub',
          image_url: 'https://i.example/1',
          default_action: { type: 'web_url', url: 'https://e.example' },
        },
      ],
    });
  });

  it('of media goes by URL or by a reusable id', () => {
    expect(payloadOf({ kind: 'media', media: 'video', attachmentId: '9', buttons: [BUTTON] })).toEqual({
      template_type: 'media',
      elements: [{ media_type: 'video', attachment_id: '9', buttons: [BUTTON] }],
    });
    expect(payloadOf({ kind: 'media', media: 'image', url: 'https://facebook.com/p/1' })).toEqual({
      template_type: 'media',
      elements: [{ media_type: 'image', url: 'https://facebook.com/p/1' }],
    });
  });

  it("of a receipt is written in Meta's spelling, without what is absent", () => {
    const receipt: Template = {
      kind: 'receipt',
      recipientName: 'Ada',
      orderNumber: '1',
      currency: 'EUR',
      paymentMethod: 'Visa',
      elements: [{ title: 'Pen', price: 2, imageUrl: 'https://i.example/pen' }],
      address: { street1: 'Way 1', city: 'Graz', postalCode: '8010', state: 'ST', country: 'AT' },
      summary: { totalCost: 2, totalTax: 0.4 },
    };
    expect(payloadOf(receipt)).toEqual({
      template_type: 'receipt',
      recipient_name: 'Ada',
      order_number: '1',
      currency: 'EUR',
      payment_method: 'Visa',
      elements: [{ title: 'Pen', price: 2, image_url: 'https://i.example/pen' }],
      address: { street_1: 'Way 1', city: 'Graz', postal_code: '8010', state: 'ST', country: 'AT' },
      summary: { total_tax: 0.4, total_cost: 2 },
    });
  });
});
