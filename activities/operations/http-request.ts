import { createHmac } from 'node:crypto';
import { toWholeJson } from '../../adapters/bots/post-question.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { findSecret } from './find-secret.ts';
import type { OperationOf } from './operation-handler.ts';

type FetchUrl = OperationOf<'fetch-url'>;

/** A request with its secrets in the clear: for this process's memory only. `secrets`: what an answer must not repeat. */
export interface ResolvedRequest {
  headers: Record<string, string>;
  body?: string | Uint8Array;
  secrets: string[];
}

/** Puts secrets and body into the form that goes over the wire. @throws OperationFailure for a secret that is not there */
export async function resolveRequest(deps: ActivityDependencies, operation: FetchUrl): Promise<ResolvedRequest> {
  const secrets: string[] = [];
  const reveal = async (name: string): Promise<string> => {
    const value = await findSecret(deps, name);
    secrets.push(value);
    return value;
  };
  const encoded = await encodeBody(operation.body);
  const headers: Record<string, string> = { ...encoded.headers };
  for (const [name, value] of Object.entries(operation.headers)) {
    headers[name.toLowerCase()] = typeof value === 'string' ? value : await reveal(value.secret);
  }
  const authorized = await authorize(operation.auth, reveal);
  const signed = await signBody(operation.sign, encoded.body ?? '', reveal);
  secrets.push(...Object.values(signed));
  // The encoded form of a password is as good as the password.
  if (authorized['authorization'] !== undefined) secrets.push(authorized['authorization'].replace(/^\w+ /, ''));
  return {
    headers: { ...headers, ...authorized, ...signed },
    secrets,
    ...(encoded.body !== undefined && { body: encoded.body }),
  };
}

async function authorize(
  auth: FetchUrl['auth'],
  reveal: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  if (!auth) return {};
  if (auth.kind === 'bearer') return { authorization: `Bearer ${await reveal(auth.token.secret)}` };
  if (auth.kind === 'header') return { [auth.header.toLowerCase()]: await reveal(auth.value.secret) };
  const pair = `${auth.username}:${await reveal(auth.password.secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Over the bytes that leave, whatever they were made from. */
async function signBody(
  sign: FetchUrl['sign'],
  body: string | Uint8Array,
  reveal: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  if (!sign) return {};
  const { secret, header, algorithm, encoding, prefix } = sign;
  const signature = createHmac(algorithm, await reveal(secret.secret))
    .update(body)
    .digest(encoding);
  return { [header.toLowerCase()]: `${prefix}${signature}` };
}

interface EncodedBody {
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

async function encodeBody(body: FetchUrl['body']): Promise<EncodedBody> {
  switch (body?.kind) {
    case undefined:
      return { headers: {} };
    case 'json':
      return { headers: { 'content-type': 'application/json' }, body: toWholeJson(body.value) };
    case 'form':
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(body.fields).toString(),
      };
    case 'text':
      return { headers: { 'content-type': body.contentType }, body: body.text.toWellFormed() };
    case 'multipart':
      return encodeMultipart(body.fields);
  }
}

/** The platform's own encoder chooses the boundary. */
async function encodeMultipart(fields: Record<string, string>): Promise<EncodedBody> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const encoded = new Response(form);
  return {
    headers: { 'content-type': encoded.headers.get('content-type') ?? 'multipart/form-data' },
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}
