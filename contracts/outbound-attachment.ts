/** What a part can carry besides text: media and Meta's templates, in our spelling (camelCase). */

/** Kinds of media that Messenger shows. At most 25 MB; an image by URL at most 8 MB. */
export type MediaType = 'image' | 'video' | 'audio' | 'file';

/**
 * One attachment of a part. By `url` Meta fetches it; by `fileId` it lies in our own attachment storage, is uploaded
 * once for each Page and sent by the id Meta gave it (renewed before its 90 days).
 * Source: Messenger Platform, Send API; Saving Assets.
 */
export type OutboundAttachment =
  { type: MediaType; url: string } | { type: MediaType; fileId: string } | { type: 'template'; template: Template };

export type Template = ButtonTemplate | GenericTemplate | MediaTemplate | ReceiptTemplate;

/** Title at most 20 characters, payload at most 1,000; the payload of `phone_number` is `+` and digits. */
export type MessageButton =
  | { type: 'web_url'; title: string; url: string }
  | { type: 'postback'; title: string; payload: string }
  | { type: 'phone_number'; title: string; payload: string };

/** Text at most 640 characters, one to three buttons. Source: Button Template. */
interface ButtonTemplate {
  kind: 'button';
  text: string;
  buttons: MessageButton[];
}

/** One to ten cards. Source: Generic Template. */
interface GenericTemplate {
  kind: 'generic';
  elements: GenericElement[];
}

/** Title and subtitle at most 80 characters, at most three buttons. `url` opens on a tap on the card. */
export interface GenericElement {
  title: string;
  subtitle?: string;
  imageUrl?: string;
  url?: string;
  buttons?: MessageButton[];
}

/** An image or video with at most three buttons: by the URL of a Facebook post, or by a reusable id. Source: Media Template. */
interface MediaTemplate {
  kind: 'media';
  media: 'image' | 'video';
  url?: string;
  attachmentId?: string;
  buttons?: MessageButton[];
}

/** An order's confirmation; sums in the currency's units. At most 100 elements. Source: Receipt Template. */
export interface ReceiptTemplate {
  kind: 'receipt';
  recipientName: string;
  orderNumber: string;
  /** ISO 4217. */
  currency: string;
  paymentMethod: string;
  merchantName?: string;
  orderUrl?: string;
  /** Epoch seconds, as Meta takes it. */
  timestamp?: string;
  elements?: ReceiptElement[];
  address?: ReceiptAddress;
  summary: { subtotal?: number; shippingCost?: number; totalTax?: number; totalCost: number };
  adjustments?: { name: string; amount: number }[];
}

export interface ReceiptElement {
  title: string;
  subtitle?: string;
  quantity?: number;
  price: number;
  currency?: string;
  imageUrl?: string;
}

export interface ReceiptAddress {
  street1: string;
  street2?: string;
  city: string;
  postalCode: string;
  state: string;
  country: string;
}
