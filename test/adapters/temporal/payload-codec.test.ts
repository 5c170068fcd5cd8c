import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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
