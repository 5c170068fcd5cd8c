import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { deriveKey } from '../derive-key.ts';
import { keyIdOf } from '../key-id.ts';

const PayloadMessage = proto.temporal.api.common.v1.Payload;
const compress = promisify(gzip);
const decompress = promisify(gunzip);

const ENCODING = 'binary/attendant-aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Without it Node takes shorter tags, which are easier to forge. */
const TAG = { authTagLength: TAG_BYTES };
/** Smaller payloads gain nothing from compression. */
const COMPRESS_FROM_BYTES = 1024;

/**
 * Encrypts every Temporal payload with AES-256-GCM, compressed first where it is large. A payload belongs to its workflow:
 * read as another's it is refused. Payloads written before the codec was on stay readable, and so do those of
 * `previousKey` and those written with the keys themselves, before there were purposes. Keys have 32 bytes; a key's id
 * travels along.
 */
export function createPayloadCodec(key: Buffer, previousKey?: Buffer): PayloadCodec {
  const current = deriveKey(key, 'temporal-payloads');
  const given = previousKey ? [key, previousKey] : [key];
  const known = given.flatMap((each) => [deriveKey(each, 'temporal-payloads'), each]);
  const keys = new Map(known.map((each) => [keyIdOf(each), each]));
  const sealing = { key: current, keyId: keyIdOf(current) };
  return {
    encode: (payloads, context) => Promise.all(payloads.map((each) => encrypt(each, sealing, context?.workflowId))),
    decode: (payloads, context) => Promise.all(payloads.map((each) => decrypt(each, keys, context?.workflowId))),
  };
}

/**
 * Gives an encrypted payload as it is.
 * @throws Error for a plain one
 */
export function requireEncrypted(payload: Payload): Payload {
  if (metadataText(payload, 'encoding') === ENCODING) return payload;
  throw new Error(
    'A payload is not encrypted and ATTENDANT_PAYLOAD_CODEC is "required": it is not taken. Payloads of a time when it was off need "on"',
  );
}

async function encrypt(
  payload: Payload,
  { key, keyId }: { key: Buffer; keyId: string },
  workflowId: string | undefined,
): Promise<Payload> {
  const plain = PayloadMessage.encode(payload).finish();
  const isCompressed = plain.length >= COMPRESS_FROM_BYTES;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, TAG);
  if (workflowId !== undefined) cipher.setAAD(Buffer.from(workflowId));
  const sealed = Buffer.concat([cipher.update(isCompressed ? await compress(plain) : plain), cipher.final()]);
  return {
    metadata: {
      encoding: Buffer.from(ENCODING),
      'encryption-key-id': Buffer.from(keyId),
      compression: Buffer.from(isCompressed ? 'gzip' : 'none'),
      ...(workflowId !== undefined && { 'workflow-id': Buffer.from(workflowId) }),
    },
    data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  };
}

async function decrypt(
  payload: Payload,
  keys: ReadonlyMap<string, Buffer>,
  workflowId: string | undefined,
): Promise<Payload> {
  if (metadataText(payload, 'encoding') !== ENCODING || !payload.data) return payload;
  const key = findKey(payload, keys);
  const boundTo = metadataText(payload, 'workflow-id');
  if (boundTo !== '' && workflowId !== undefined && boundTo !== workflowId) {
    throw new Error(`A payload of workflow ${boundTo} was given to workflow ${workflowId}: it is not taken`);
  }
  const data = Buffer.from(payload.data);
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES), TAG);
  if (boundTo !== '') decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(data.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const opened = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  const plain = metadataText(payload, 'compression') === 'gzip' ? await decompress(opened) : opened;
  return PayloadMessage.decode(plain);
}

function findKey(payload: Payload, keys: ReadonlyMap<string, Buffer>): Buffer {
  const writtenWith = metadataText(payload, 'encryption-key-id');
  const key = keys.get(writtenWith);
  if (key) return key;
  const known = [...keys.keys()].join(' and ');
  throw new Error(
    `A payload was encrypted with key ${writtenWith}, but ATTENDANT_ENCRYPTION_KEY and its _PREVIOUS are ${known}`,
  );
}

function metadataText(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? []).toString('utf8');
}
