/** Files of our own that scenarios and agents send: what they are, and what Messenger takes of them. */
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import type { MediaType } from './outbound-attachment.ts';

/** A file in our storage. `id` follows from its bytes, so the same file has the same id wherever it is added. */
export interface MediaFile {
  id: string;
  fileName: string;
  contentType: string;
  type: MediaType;
  bytes: number;
  /** Epoch milliseconds. */
  addedAt: number;
  /** User name, or `admin token`. */
  addedBy: string;
}

/** What Messenger shows as such; the rest leaves as a file to be saved. Source: Messenger Platform, upload of attachments. */
const SHOWN: readonly (readonly [RegExp, MediaType])[] = [
  [/^image\/(?:png|jpeg|gif|webp)$/, 'image'],
  [/^video\/(?:mp4|ogg|webm|quicktime|x-msvideo|vnd\.avi)$/, 'video'],
  [/^audio\/(?:mpeg|mp4|x-m4a|aac|wav|ogg|opus|amr)$/, 'audio'],
];

/** How Messenger shows what is of this content type. */
export function mediaTypeOf(contentType: string): MediaType {
  // `audio/ogg; codecs=opus` is what the bytes of an Opus file are called.
  const [essence = ''] = contentType.split(';');
  return SHOWN.find(([pattern]) => pattern.test(essence.trim()))?.[1] ?? 'file';
}

/** How large a file of this type may be. */
function maxBytesOf(type: MediaType): number {
  return type === 'image' ? MESSENGER_LIMITS.imageBytes : MESSENGER_LIMITS.attachmentBytes;
}

/** Why Messenger would not take a file of so many bytes, and what to do; undefined where it does. */
export function refuseSize(type: MediaType, bytes: number): { message: string; remedy: string } | undefined {
  if (bytes === 0) return { message: 'The file is empty.', remedy: 'Add a file with something in it.' };
  const most = maxBytesOf(type);
  if (bytes <= most) return undefined;
  const megabytes = (bytes / (1024 * 1024)).toFixed(1);
  const kind = type === 'image' ? 'a picture' : 'a file';
  return {
    message: `The file has ${megabytes} MB; of ${kind} Messenger takes ${most / (1024 * 1024)} MB.`,
    remedy: 'Make it smaller, or send a link to it.',
  };
}
