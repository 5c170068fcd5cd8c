import { z } from 'zod';
import { hasFixedOrigin } from './compile-url.ts';
import { duration, filledText, jsonValue, text, variableName, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const secret = z
  .strictObject({ secret: filledText.describe('Name of a secret of the deployment.') })
  .describe('A secret by its name.');

const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,100}$/;

/** Where the signature stands unless the author says otherwise. */
const SIGNATURE_HEADER = 'X-Signature';

const texts = z.record(filledText, text);

const body = z
  .union(
    [
      z.strictObject({
        json: jsonValue.describe(
          'Sent as JSON. $(name) alone keeps its type: a number, a list, true; = begins an expression.',
        ),
      }),
      z.strictObject({ form: texts.describe('Sent as the fields of a form.') }),
      z.strictObject({ multipart: texts.describe('Sent as multipart/form-data.') }),
      z.strictObject({ text, contentType: filledText }),
    ],
    { error: 'a map with json, form, multipart, or text and contentType' },
  )
  .describe('What to send: json, form, multipart, or text with its contentType.');

const auth = z
  .union(
    [
      z.strictObject({
        basic: z.strictObject({ username: filledText, password: secret }).describe('User name and password.'),
      }),
      z.strictObject({ bearer: secret }),
    ],
    { error: 'a map with basic or bearer' },
  )
  .describe('Who asks: basic (username, password) or bearer, with secrets by their names.');

const sign = z
  .strictObject({
    secret: filledText.describe('Name of the secret of the deployment that is the key.'),
    header: z.string().regex(HEADER_NAME).optional().describe('Header that carries it; X-Signature where left out.'),
    algorithm: z.enum(['sha1', 'sha256', 'sha512']).optional().describe('sha256 where left out.'),
    encoding: z.enum(['hex', 'base64']).optional().describe('How it is written; hex where left out.'),
    prefix: z
      .string()
      .regex(/^[\x21-\x7e]{0,50}$/)
      .optional()
      .describe('What stands before it: sha256=.'),
  })
  .describe('A header with the HMAC of the body as it is sent, by which the other side knows that it is ours.');

const fetchUrlSchema = z
  .strictObject({
    url: filledText.describe('Address, https; what variables put in behind its beginning is percent-encoded.'),
    method: z
      .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      .optional()
      .describe('GET where left out; POST with a body.'),
    params: texts.optional().describe('Parameters of the address.'),
    headers: z
      .record(z.string().regex(HEADER_NAME), z.union([text, secret], { error: 'text, or { secret: name }' }))
      .optional()
      .describe('Headers; a value may be a secret: { secret: name }.'),
    auth: auth.optional(),
    sign: sign.optional(),
    body: body.optional(),
    into: variableName.optional().describe('Variable that the answer becomes: what the JSON holds, else its text.'),
    retries: z
      .number()
      .int()
      .min(0)
      .max(5)
      .optional()
      .describe('Further attempts where no answer comes or 429, 502, 503, 504 does; 0 where left out.'),
    timeout: duration.optional().describe('How long it may take with all attempts; 10s where left out.'),
  })
  .superRefine(({ method, body: sent }, context) => {
    if (!sent || (method !== 'GET' && method !== 'HEAD')) return;
    const params: IssueParams = { code: 'bad-body', remedy: 'Remove "body", or write method: POST.' };
    context.addIssue({ code: 'custom', path: ['body'], message: `${method} sends no body.`, params: { ...params } });
  })
  .superRefine(({ sign: signature, body: sent, headers = {} }, context) => {
    if (!signature) return;
    const fail = (path: string[], message: string, remedy: string): void => {
      const params: IssueParams = { code: 'bad-signature', remedy };
      context.addIssue({ code: 'custom', path, message, params: { ...params } });
    };
    if (!sent) fail(['sign'], 'There is no body to sign.', 'Write "body", or remove "sign".');
    const header = (signature.header ?? SIGNATURE_HEADER).toLowerCase();
    const twice = Object.keys(headers).find((name) => name.toLowerCase() === header);
    if (twice === undefined) return;
    fail(
      ['headers', twice],
      'The signature comes in this header.',
      'Remove it, or sign in another: sign: { header: … }.',
    );
  })
  .superRefine(({ url, auth: credentials, sign: signature, headers = {} }, context) => {
    const sendsSecret =
      credentials !== undefined ||
      signature !== undefined ||
      Object.values(headers).some((value) => typeof value !== 'string');
    if (!sendsSecret || hasFixedOrigin(url)) return;
    const remedy = 'Write scheme and host as they are, like https://api.example.com/$(path), or send no secret.';
    const params: IssueParams = { code: 'secret-to-variable-host', remedy };
    const message = 'A secret is sent, but a variable may choose the host.';
    context.addIssue({ code: 'custom', path: ['url'], message, params: { ...params } });
  })
  .describe('Calls an HTTP address and keeps the answer: $(fetchURLResultCode), $(fetchURLResultBody).');

export type FetchUrlFields = z.infer<typeof fetchUrlSchema>;

export const fetchUrlDefinition = defineBlock({
  schema: fetchUrlSchema,
  fieldsForAllExits: { url: 'https://example.com' },
  guide: {
    title: 'Fetch URL',
    group: 'data',
    notes: [
      'https only, no private addresses, also after redirects, unless the operator allows them; bodies are cut at 64 kB.',
      '`$(fetchURLResultCode)` (0 without an answer) and `$(fetchURLResultBody)` are set by every exit, `into` only by `next`.',
      'What a variable puts into the address cannot change where it leads: `.` and `..` as a segment take the exit `failed`, and with a secret scheme and host stand as written.',
      'Secrets are named, never written: they stand in no history and no log.',
      '`sign` makes the HMAC of the body’s bytes with a secret as its key, in the worker, at each attempt; a variable can choose neither the secret nor the header. The service makes the same from what it gets and compares.',
    ],
    differs: 'SOAP is text with a `contentType`. CRM vendors, AWS Lambda and databases: docs/fetch-url-recipes.md.',
  },
});
