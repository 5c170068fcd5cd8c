import type { Attachment } from '../../contracts/customer-event.ts';
import { cutText, fieldOf, itemsOf, recordOf, spelledField, textOf, type JsonRecord } from './json-value.ts';

const MAX_TYPE_LENGTH = 60;
const MAX_TITLE_LENGTH = 1000;
const MAX_ID_LENGTH = 100;
const URL_LIKE = /^(?:https?:\/\/|\/)/i;

/**
 * Decodes the attachments of a message. Types are an open set; what cannot be read stays as a type alone.
 * Until 30 Aug 2026 Messenger gives a sticker twice, as image and as sticker: it comes out once.
 * Source: Messenger Platform, webhook event "messages".
 */
export function decodeAttachments(message: JsonRecord): Attachment[] {
  const messageSticker = textOf(spelledField(message, 'sticker_id'));
  const decoded = itemsOf(fieldOf(message, 'attachments')).map((item) => decodeAttachment(item, messageSticker));
  return withoutStickerDoubles(decoded);
}

function decodeAttachment(item: unknown, messageSticker: string | undefined): Attachment {
  const record = recordOf(item);
  const payload = recordOf(fieldOf(record, 'payload'));
  const attachment: Attachment = { type: cutText(textOf(fieldOf(record, 'type')) ?? 'unknown', MAX_TYPE_LENGTH) };
  const url = findUrl(record, payload);
  if (url !== undefined) attachment.url = url;
  const title = findTitle(record, payload);
  if (title !== undefined) attachment.title = cutText(title, MAX_TITLE_LENGTH);
  const coordinates = findCoordinates(payload);
  if (coordinates !== undefined) attachment.coordinates = coordinates;
  const stickerId = textOf(spelledField(payload, 'sticker_id')) ?? messageSticker;
  if (stickerId !== undefined) attachment.stickerId = cutText(stickerId, MAX_ID_LENGTH);
  return attachment;
}

function findUrl(record: JsonRecord | undefined, payload: JsonRecord | undefined): string | undefined {
  const given = textOf(fieldOf(payload, 'url', 'URL')) ?? textOf(fieldOf(record, 'url', 'URL'));
  if (given !== undefined) return given;
  const bare = textOf(fieldOf(record, 'payload'));
  return bare !== undefined && URL_LIKE.test(bare) ? bare : undefined;
}

function findTitle(record: JsonRecord | undefined, payload: JsonRecord | undefined): string | undefined {
  const title = textOf(fieldOf(record, 'title')) ?? textOf(fieldOf(payload, 'title'));
  if (title !== undefined) return title;
  const product = recordOf(fieldOf(payload, 'product'));
  return textOf(fieldOf(recordOf(itemsOf(fieldOf(product, 'elements'))[0]), 'title'));
}

function findCoordinates(payload: JsonRecord | undefined): Attachment['coordinates'] {
  const coordinates = recordOf(fieldOf(payload, 'coordinates'));
  const lat = degrees(fieldOf(coordinates, 'lat'));
  const long = degrees(fieldOf(coordinates, 'long', 'lng'));
  return lat === undefined || long === undefined ? undefined : { lat, long };
}

function degrees(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Drops each image whose sticker is there as well; the sticker inherits the image's url where it has none. */
function withoutStickerDoubles(decoded: Attachment[]): Attachment[] {
  const stickers = new Map<string, Attachment>();
  for (const attachment of decoded) {
    if (attachment.type !== 'sticker') continue;
    if (attachment.stickerId !== undefined) stickers.set(`id ${attachment.stickerId}`, attachment);
    if (attachment.url !== undefined) stickers.set(`url ${attachment.url}`, attachment);
  }
  return decoded.filter(({ type, url, stickerId }) => {
    if (type !== 'image') return true;
    const sticker = stickers.get(`id ${stickerId}`) ?? stickers.get(`url ${url}`);
    if (sticker !== undefined && sticker.url === undefined && url !== undefined) sticker.url = url;
    return sticker === undefined;
  });
}
