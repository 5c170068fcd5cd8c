import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { createPayloadCodec } from './payload-codec.ts';

/** What a connection needs of the configuration. */
export interface TemporalSettings {
  temporalAddress: string;
  temporalNamespace: string;
  /** Every TEMPORAL_* variable: TLS, API key, profile. */
  temporalEnv: Record<string, string>;
  hasPayloadCodec: boolean;
  encryptionKey: Buffer;
  /** Read, too. */
  previousEncryptionKey?: Buffer | undefined;
}

/** The first pause after a refused call. A run that is just closing refuses a signal; the default pause is 1 s. */
const FIRST_RETRY_MS = 50;

/** The data converter of every client and worker: payloads are encrypted where the codec is on, readable either way. */
export function createDataConverter(settings: TemporalSettings): DataConverter {
  const { hasPayloadCodec, encryptionKey, previousEncryptionKey } = settings;
  const codec = createPayloadCodec(encryptionKey, previousEncryptionKey);
  const readingOnly: PayloadCodec = {
    encode: (payloads) => Promise.resolve(payloads),
    decode: (payloads, context) => codec.decode(payloads, context),
  };
  return { payloadCodecs: [hasPayloadCodec ? codec : readingOnly] };
}

/**
 * Connects a client over the JavaScript connection, whose first retry comes after 50 ms.
 * @throws where Temporal does not answer
 */
export async function connectTemporal(settings: TemporalSettings): Promise<Client> {
  const { connectionOptions } = readConnectConfig(settings);
  const connection = await Connection.connect({
    ...connectionOptions,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ initialIntervalMs: () => FIRST_RETRY_MS }))],
  });
  return new Client({
    connection,
    namespace: settings.temporalNamespace,
    dataConverter: createDataConverter(settings),
  });
}

/** Address, TLS and API key as Temporal's own configuration gives them, for a worker's native connection. */
export function readConnectConfig({ temporalAddress, temporalEnv }: TemporalSettings): {
  connectionOptions: Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'>;
} {
  const { connectionOptions } = loadClientConnectConfig({ overrideEnvVars: temporalEnv, disableFile: true });
  return { connectionOptions: { ...connectionOptions, address: connectionOptions.address ?? temporalAddress } };
}
