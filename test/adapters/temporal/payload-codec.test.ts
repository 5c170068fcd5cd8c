import { createCipheriv, randomBytes } from 'node:crypto';
import proto from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { keyIdOf } from '../../../adapters/key-id.ts';
import { createPayloadCodec } from '../../../adapters/temporal/payload-codec.ts';

const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"hello"') };
const textOf = ([first]: { data?: Uint8Array | null }[]): string => Buffer.from(first?.data ?? []).toString();

describe('the payload codec while keys change', () => {
  it('reads what the previous key wrote, and writes with the new one', async () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
    const written = await createPayloadCodec(oldKey).encode([payload]);
    const both = createPayloadCodec(newKey, oldKey);
    expect(textOf(await both.decode(written))).toBe('"hello"');
    expect(textOf(await createPayloadCodec(newKey).decode(await both.encode([payload])))).toBe('"hello"');
  });

  it('names the key that is missing', async () => {
    const written = await createPayloadCodec(randomBytes(32)).encode([payload]);
    await expect(createPayloadCodec(randomBytes(32)).decode(written)).rejects.toThrow(/with key [0-9a-f]{12}, but/);
  });
});

const context = (workflowId: string) => ({ type: 'workflow', namespace: 'default', workflowId }) as const;

describe('the payload codec and workflows', () => {
  it('refuses a payload of one workflow in another', async () => {
    const codec = createPayloadCodec(randomBytes(32));
    const written = await codec.encode([payload], context('messenger:page:one'));
    expect(textOf(await codec.decode(written, context('messenger:page:one')))).toBe('"hello"');
    await expect(codec.decode(written, context('messenger:page:other'))).rejects.toThrow('is not taken');
  });

  it('refuses a payload whose workflow was written over', async () => {
    const codec = createPayloadCodec(randomBytes(32));
    const [written] = await codec.encode([payload], context('messenger:page:one'));
    const other = { ...written?.metadata, 'workflow-id': Buffer.from('messenger:page:other') };
    const moved = { metadata: other, data: written?.data ?? null };
    await expect(codec.decode([moved], context('messenger:page:other'))).rejects.toThrow();
  });

  it('does not encrypt with the key itself, and reads what was', async () => {
    const key = randomBytes(32);
    const codec = createPayloadCodec(key);
    const [written] = await codec.encode([payload]);
    expect(Buffer.from(written?.metadata?.['encryption-key-id'] ?? []).toString()).not.toBe(keyIdOf(key));
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish();
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    const metadata = {
      encoding: Buffer.from('binary/attendant-aes-256-gcm'),
      'encryption-key-id': Buffer.from(keyIdOf(key)),
      compression: Buffer.from('none'),
    };
    const earlier = { metadata, data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]) };
    expect(textOf(await codec.decode([earlier], context('any')))).toBe('"hello"');
  });

  it('refuses a shortened tag', async () => {
    const codec = createPayloadCodec(randomBytes(32));
    const [written] = await codec.encode([payload]);
    const data = Buffer.from(written?.data ?? []).subarray(0, 12 + 8);
    await expect(codec.decode([{ metadata: written?.metadata ?? null, data }])).rejects.toThrow();
  });
});
