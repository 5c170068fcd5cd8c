import { t } from 'i18next';
import { createHttpClient, type HttpClient, type HttpResponse } from '../../../../contracts/http-client.ts';
import type { ErrorBody } from '../../../../contracts/http-api-schema.ts';
import { learnServerTime } from '../lib/clock.ts';

/** A refusal of the api, as it is thrown where nothing else becomes of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }

  get code(): ErrorBody['code'] {
    return this.body.code;
  }
}

let onLoggedOut = (): void => undefined;

/** What happens when the api knows the log-in no more. */
export function whenLoggedOut(act: () => void): void {
  onLoggedOut = act;
}

let onUnsecured = (): void => undefined;

/** What happens when the api lets this session do nothing before it has a second factor. */
export function whenUnsecured(act: () => void): void {
  onUnsecured = act;
}

/** A page of the same origin is let in by its cookie. */
const ask = createHttpClient(async (url, { body, ...request }) => {
  const response = await fetch(url, { ...request, ...(body !== undefined && { body }) });
  learnServerTime(response.headers.get('date'));
  if (response.status === 401 && !url.endsWith('/api/v1/session')) onLoggedOut();
  return response;
});

/** The api, typed by its table of routes. Where nobody answers that is a refusal like any other, which says so. */
export const call = (async (...request: Parameters<HttpClient>) => {
  try {
    const response = await ask(...request);
    if (!response.ok && response.error.code === 'SECOND_FACTOR_MISSING') onUnsecured();
    return response;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return {
      ok: false,
      status: NO_ANSWER,
      error: { code: 'SERVICE_UNAVAILABLE', message: t('errors.noAnswer'), details: [] },
    };
  }
}) as HttpClient;

const NO_ANSWER = 503;

/** Whether nobody answered, or one who cannot reach what they need. */
export const isAway = ({ status }: Pick<HttpResponse<unknown>, 'status'>): boolean => status === NO_ANSWER;

/** The body of an answer. @throws Refusal */
export function unwrap<Body>(response: HttpResponse<Body>): Body {
  if (response.ok) return response.body;
  throw new Refusal(response.status, response.error);
}

/** New for each command: a repeat with the same one does nothing twice. */
export const newClientId = (): string => crypto.randomUUID();

/** Nothing came back: the network is away, or nobody answers there. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Refusal && isAway(error)) || isNotOurs(error);

const isNotOurs = (error: unknown): boolean => error instanceof Error && error.name === 'UnexpectedResponseError';
