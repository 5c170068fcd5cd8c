import type { FastifyInstance } from 'fastify';
import { appSecretProof } from '../../../adapters/messenger/signature.ts';
import { buildSimulator } from '../../../dev/simulator/build-simulator.ts';
import { createEmptyJournal, type OpenedJournal } from '../../../dev/simulator/journal.ts';
import type { SignedBody } from '../../../dev/simulator/webhook-sender.ts';

export const PAGE = {
  pageId: '100',
  name: 'Moon Bakery',
  appId: '77',
  appSecret: 'app-secret',
  pageToken: 'page-token',
  webhookUrl: 'http://127.0.0.1:9/webhook',
};
export const PSID = '200';
export const NOW = Date.UTC(2026, 10, 22);

export type Webhook = SignedBody & { json: { entry: { id: string; messaging: Record<string, never>[] }[] } };

/** `body` is whatever JSON the answer holds; undefined where it is empty. */
interface JsonResponse {
  status: number;
  body: ReturnType<typeof JSON.parse>;
}

/** A simulator without a port, whose webhooks go to a list and whose time stands still. */
export interface SimulatorFixture {
  app: FastifyInstance;
  webhooks: Webhook[];
  /** Waits asked for, in order; `release` ends the oldest. */
  waits: number[];
  release: () => void;
  /** Statuses the receiver gives, in order; 200 when there are no more. */
  statuses: (number | undefined)[];
  /** Settles when so many webhooks have been posted. */
  untilPosted: (count: number) => Promise<void>;
  /** Settles when so many waits have been asked for. */
  untilWaiting: (count: number) => Promise<void>;
  control: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<JsonResponse>;
  send: (message: object, options?: { psid?: string; query?: object }) => Promise<JsonResponse>;
}

export async function createFixture(opened: OpenedJournal = createEmptyJournal()): Promise<SimulatorFixture> {
  const state = createNetwork();
  let ids = 0;
  const app = buildSimulator({
    opened,
    now: () => NOW,
    newId: () => `${(ids += 1)}-${Math.random().toString(36).slice(2)}`,
    wait: state.wait,
    post: state.post,
  });
  const inject = async (method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<JsonResponse> => {
    const answer = await app.inject({ method, url, ...(body !== undefined && { payload: body }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  await app.ready();
  return {
    ...state,
    app,
    control: (method, path, body) => inject(method, `/simulator/${path}`, body),
    send: (message, { psid = PSID, query = {} } = {}) => {
      const secrets = {
        access_token: PAGE.pageToken,
        appsecret_proof: appSecretProof(PAGE.pageToken, PAGE.appSecret),
        ...query,
      };
      const url = `/v26.0/${PAGE.pageId}/messages?${new URLSearchParams(secrets).toString()}`;
      return inject('POST', url, { recipient: { id: psid }, messaging_type: 'RESPONSE', message });
    },
  };
}

type Network = Pick<
  SimulatorFixture,
  'webhooks' | 'waits' | 'release' | 'statuses' | 'untilPosted' | 'untilWaiting'
> & {
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  post: (signed: SignedBody) => Promise<number | undefined>;
};

function createNetwork(): Network {
  const webhooks: Webhook[] = [];
  const waits: number[] = [];
  const releases: (() => void)[] = [];
  const statuses: (number | undefined)[] = [];
  const watchers = new Set<() => void>();
  const until = (isReached: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (isReached()) resolve();
      };
      watchers.add(check);
      check();
    });
  const tell = (): void => watchers.forEach((check) => check());
  return {
    webhooks,
    waits,
    statuses,
    release: () => releases.shift()?.(),
    untilPosted: (count) => until(() => webhooks.length >= count),
    untilWaiting: (count) => until(() => waits.length >= count),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        waits.push(ms);
        releases.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
        tell();
      }),
    post: async (signed) => {
      webhooks.push({ ...signed, json: JSON.parse(signed.body.toString()) });
      tell();
      return statuses.length > 0 ? statuses.shift() : 200;
    },
  };
}
