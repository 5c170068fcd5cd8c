import { describe, expect, it } from 'vitest';
import { fitQuickReplies, messageBody } from '../../../adapters/messenger/message-body.ts';
import type { Template } from '../../../contracts/outbound-attachment.ts';

describe('quick replies', () => {
  it('are 13 at most', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ title: `${index}`, payload: `${index}` }));
    expect(fitQuickReplies(many)).toHaveLength(13);
  });

  it('have titles of 20 characters at most, no pair cut', () => {
    const [fitted] = fitQuickReplies([{ title: `${'a'.repeat(19)}😀`, payload: 'long' }]);
    expect(fitted).toEqual({ title: 'a'.repeat(19), payload: 'long' });
  });

  it("ask for the customer's own phone number without title or payload", () => {
    const quickReplies = [{ title: '', payload: '', contentType: 'user_phone_number' as const }];
    expect(messageBody({ text: 'Your number?', quickReplies, partId: 'p' })).toEqual({
      text: 'Your number?',
      quick_replies: [{ content_type: 'user_phone_number' }],
      metadata: 'p',
    });
  });
});

const BUTTON = { type: 'postback', title: 'A title that is far too long', payload: 'YES' } as const;
const CUT_BUTTON = { type: 'postback', title: 'A title that is far ', payload: 'YES' };

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
  it('with buttons is cut to 640 characters, three buttons and titles of 20', () => {
    const text = 'x'.repeat(700);
    expect(payloadOf({ kind: 'button', text, buttons: [BUTTON, BUTTON, BUTTON, BUTTON] })).toEqual({
      template_type: 'button',
      text: 'x'.repeat(640),
      buttons: [CUT_BUTTON, CUT_BUTTON, CUT_BUTTON],
    });
  });

  it('of cards shows ten, each with its picture, link and buttons', () => {
    const card = { title: 'Card', subtitle: 'Sub', imageUrl: 'https://i.example/1', url: 'https://e.example' };
    const payload = payloadOf({ kind: 'generic', elements: Array.from({ length: 12 }, () => card) });
    const shown = {
      title: 'Card',
      subtitle: 'Sub',
      image_url: 'https://i.example/1',
      default_action: { type: 'web_url', url: 'https://e.example' },
    };
    expect(payload).toEqual({ template_type: 'generic', elements: Array.from({ length: 10 }, () => shown) });
  });

  it('of media goes by URL or by a reusable id', () => {
    expect(payloadOf({ kind: 'media', media: 'video', attachmentId: '9', buttons: [BUTTON] })).toEqual({
      template_type: 'media',
      elements: [{ media_type: 'video', attachment_id: '9', buttons: [CUT_BUTTON] }],
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
