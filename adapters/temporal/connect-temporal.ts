import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { PayloadCodecMode } from './payload-codec-mode.ts';
import { createPayloadCodec, requireEncrypted } from './payload-codec.ts';

/** What a connection needs of the configuration. */
export interface TemporalSettings {
  temporalAddress: string;
  temporalNamespace: string;
  /** Every TEMPORAL_* variable: TLS, API key, profile. */
  temporalEnv: Record<string, string>;
  payloadCodec: PayloadCodecMode;
  encryptionKey: Buffer;
  /** Read, too. */
  previousEncryptionKey?: Buffer | undefined;
}

/** The first pause after a refused call. A run that is just closing refuses a signal; the default pause is 1 s. */
const FIRST_RETRY_MS = 50;

/**
 * The data converter of every client and worker. Payloads are encrypted unless the codec is `off`; plain ones are read
 * unless it is `required`: then nobody who reaches Temporal without the key can tell an actor anything.
 */
export function createDataConverter(settings: TemporalSettings): DataConverter {
  const { payloadCodec, encryptionKey, previousEncryptionKey } = settings;
  const codec = createPayloadCodec(encryptionKey, previousEncryptionKey);
  if (payloadCodec === 'on') return { payloadCodecs: [codec] };
  const other: PayloadCodec =
    payloadCodec === 'off'
      ? { ...codec, encode: (payloads) => Promise.resolve(payloads) }
      : { ...codec, decode: async (payloads, context) => codec.decode(payloads.map(requireEncrypted), context) };
  return { payloadCodecs: [other] };
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
