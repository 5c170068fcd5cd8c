import { AwsClient } from 'aws4fetch';
import { checkKey, type FileStore } from './file-store.ts';

/** `bucketUrl`: endpoint and bucket, path style, as `https://s3.eu-central-1.amazonaws.com/attendant-files`. */
export interface S3Options {
  bucketUrl: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const TIMEOUT_MS = 30_000;

/** Keeps files in a bucket of any store that speaks S3 with signature version 4 (AWS, MinIO, Ceph, R2). */
export function createS3Store({ bucketUrl, region, accessKeyId, secretAccessKey }: S3Options): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });

  async function call(method: string, key: string, body?: Uint8Array): Promise<Response> {
    return client.fetch(`${bucketUrl}/${checkKey(key)}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && { body: new Uint8Array(body) }),
    });
  }

  return {
    async put(key, bytes) {
      await expectDone(await call('PUT', key, bytes));
    },
    async get(key) {
      const response = await call('GET', key);
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) await expectDone(response);
      return new Uint8Array(await response.arrayBuffer());
    },
    async delete(key) {
      const response = await call('DELETE', key);
      if (response.status !== 404) await expectDone(response);
      else await response.body?.cancel();
    },
  };
}

async function expectDone(response: Response): Promise<void> {
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The S3 store answered ${response.status}`);
}
