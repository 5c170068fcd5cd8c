import { createHmac, timingSafeEqual } from 'node:crypto';

const HEADER_FORM = /^sha256=([0-9a-f]{64})$/i;

/** True where a header can be the signature of some body. */
export function isSignatureForm(header: string | undefined): boolean {
  return HEADER_FORM.test(header ?? '');
}

/** Makes the value of `X-Hub-Signature-256` for a body, as Meta does: over the bytes on the wire. */
export function signBody(rawBody: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/**
 * Tells whether a webhook body was signed with the app secret. Takes the raw bytes: Meta signs its own escapes
 * (`\u00e4`, `\/`), which parsing and writing again would lose. A missing or malformed header is simply not valid.
 */
export function verifySignature(rawBody: Buffer, header: string | undefined, appSecret: string): boolean {
  const given = HEADER_FORM.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const expected = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

/** Makes the `appsecret_proof` of a Graph call; it differs for each token. */
export function appSecretProof(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}
