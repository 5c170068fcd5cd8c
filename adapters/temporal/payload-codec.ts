import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { keyIdOf } from '../key-id.ts';

const PayloadMessage = proto.temporal.api.common.v1.Payload;
const compress = promisify(gzip);
const decompress = promisify(gunzip);

const ENCODING = 'binary/attendant-aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Smaller payloads gain nothing from compression. */
const COMPRESS_FROM_BYTES = 1024;

/**
 * Encrypts every Temporal payload with AES-256-GCM, compressed first where it is large. Payloads written before the
 * codec was on stay readable, and so do those of `previousKey`. Keys have 32 bytes; a key's id travels along.
 */
export function createPayloadCodec(key: Buffer, previousKey?: Buffer): PayloadCodec {
  const keyId = keyIdOf(key);
  const keys = new Map([[keyId, key]]);
  if (previousKey) keys.set(keyIdOf(previousKey), previousKey);
  return {
    encode: (payloads) => Promise.all(payloads.map((payload) => encrypt(payload, key, keyId))),
    decode: (payloads) => Promise.all(payloads.map((payload) => decrypt(payload, keys))),
  };
}

async function encrypt(payload: Payload, key: Buffer, keyId: string): Promise<Payload> {
  const plain = PayloadMessage.encode(payload).finish();
  const isCompressed = plain.length >= COMPRESS_FROM_BYTES;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(isCompressed ? await compress(plain) : plain), cipher.final()]);
  return {
    metadata: {
      encoding: Buffer.from(ENCODING),
      'encryption-key-id': Buffer.from(keyId),
      compression: Buffer.from(isCompressed ? 'gzip' : 'none'),
    },
    data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  };
}

async function decrypt(payload: Payload, keys: ReadonlyMap<string, Buffer>): Promise<Payload> {
  if (metadataText(payload, 'encoding') !== ENCODING || !payload.data) return payload;
  const writtenWith = metadataText(payload, 'encryption-key-id');
  const key = keys.get(writtenWith);
  if (!key) {
    const known = [...keys.keys()].join(' and ');
    throw new Error(
      `A payload was encrypted with key ${writtenWith}, but ATTENDANT_ENCRYPTION_KEY and its _PREVIOUS are ${known}`,
    );
  }
  const data = Buffer.from(payload.data);
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(data.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const opened = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  const plain = metadataText(payload, 'compression') === 'gzip' ? await decompress(opened) : opened;
  return PayloadMessage.decode(plain);
}

function metadataText(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? []).toString('utf8');
}
