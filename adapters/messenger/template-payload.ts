import type {
  GenericElement,
  MessageButton,
  ReceiptAddress,
  ReceiptElement,
  ReceiptTemplate,
  Template,
} from '../../contracts/outbound-attachment.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

/** A template as the Send API takes it. Source: Messenger Platform, Message Templates. */
export function templatePayload(template: Template): object {
  switch (template.kind) {
    case 'button':
      return { template_type: 'button', text: template.text, buttons: template.buttons };
    case 'generic':
      return { template_type: 'generic', elements: template.elements.map(toMetaElement) };
    case 'media': {
      const { media, url, attachmentId, buttons = [] } = template;
      const source = attachmentId === undefined ? { url } : { attachment_id: attachmentId };
      return { template_type: 'media', elements: [{ media_type: media, ...source, ...withButtons(buttons) }] };
    }
    case 'receipt':
      return toMetaReceipt(template);
  }
}

function toMetaElement({ title, subtitle, imageUrl, url, buttons = [] }: GenericElement): object {
  return {
    title,
    ...withoutUndefined({ subtitle, image_url: imageUrl }),
    ...(url !== undefined && { default_action: { type: 'web_url', url } }),
    ...withButtons(buttons),
  };
}

function withButtons(buttons: readonly MessageButton[]): object {
  return buttons.length === 0 ? {} : { buttons };
}

function toMetaReceipt(receipt: ReceiptTemplate): object {
  const { subtotal, shippingCost, totalTax, totalCost } = receipt.summary;
  return {
    template_type: 'receipt',
    recipient_name: receipt.recipientName,
    order_number: receipt.orderNumber,
    currency: receipt.currency,
    payment_method: receipt.paymentMethod,
    ...withoutUndefined({
      merchant_name: receipt.merchantName,
      order_url: receipt.orderUrl,
      timestamp: receipt.timestamp,
      elements: receipt.elements?.map(toMetaReceiptElement),
      address: receipt.address && toMetaAddress(receipt.address),
      adjustments: receipt.adjustments,
    }),
    summary: withoutUndefined({ subtotal, shipping_cost: shippingCost, total_tax: totalTax, total_cost: totalCost }),
  };
}

function toMetaReceiptElement({ title, subtitle, quantity, price, currency, imageUrl }: ReceiptElement): object {
  return { title, ...withoutUndefined({ subtitle, quantity, price, currency, image_url: imageUrl }) };
}

function toMetaAddress({ street1, street2, city, postalCode, state, country }: ReceiptAddress): object {
  return {
    ...withoutUndefined({ street_1: street1, street_2: street2, city, postal_code: postalCode, state, country }),
  };
}
