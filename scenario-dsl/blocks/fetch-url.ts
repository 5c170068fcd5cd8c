import { getDurationMs } from '../../contracts/duration.ts';
import type { Json } from '../../contracts/json.ts';
import type { Operation, OperationResult } from '../../contracts/operation.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import { compileTexts, type Fill } from './compile-texts.ts';
import { compileUrl, withQuery } from './compile-url.ts';
import { compileValues } from './compile-values.ts';
import type { FetchUrlFields } from './fetch-url-schema.ts';
import { operationBlock } from './operation-block.ts';

type Request = Extract<Operation, { name: 'fetch-url' }>;

/**
 * Calls an HTTP address. `$(fetchURLResultCode)` is the status (0 where no answer came), `$(fetchURLResultBody)` the text.
 * Source: Bright Pattern, Fetch URL, exits Failed, No Data and Timeout.
 */
export const fetchUrl = operationBlock<FetchUrlFields>({
  exits: [
    { name: 'failed', kind: 'failure', when: 'The status is not 2xx, the address is refused, or no answer came.' },
    { name: 'no-data', kind: 'outcome', when: 'The answer is empty.' },
    { name: 'timeout', kind: 'outcome', when: 'The answer did not come in time.' },
  ],
  timeoutMs: ({ timeout = '10s' }) => getDurationMs(timeout),
  operation: (fields) => {
    const address = compileUrl(fields.url);
    const fillParams = compileTexts(fields.params ?? {});
    const fillHeaders = compileTexts(fields.headers ?? {});
    const fillBody = compileBody(fields);
    const fixed = { name: 'fetch-url', method: fields.method ?? (fields.body ? 'POST' : 'GET') } as const;
    const rest = { ...getAuth(fields), ...getSignature(fields), retries: fields.retries ?? 0 };
    return ({ variables }): Request => {
      const body = fillBody?.(variables);
      return {
        ...fixed,
        ...fillAddress(address(variables), fillParams(variables)),
        headers: fillHeaders(variables),
        ...(body ? { body } : {}),
        ...rest,
      };
    };
  },
  keep: ({ into }) => {
    const path = into === undefined ? undefined : getVariablePath(into);
    return (variables, result) => keepAnswer(variables, result, path);
  },
  sets: ({ into }) => (into === undefined ? [] : [into, `${into}.*`]),
  setsAlways: () => ['fetchURLResultCode', 'fetchURLResultBody'],
});

/** What is refused is asked all the same: the block's exit is the answer's to choose. */
function fillAddress(
  address: string | undefined,
  params: Readonly<Record<string, string>>,
): Pick<Request, 'url' | 'refusal'> {
  if (address === undefined) return { url: '', refusal: 'a variable puts "." or ".." into its path' };
  return { url: withQuery(address, params) };
}

function keepAnswer(variables: Variables, { outcome, values }: OperationResult, path: string[] | undefined): Variables {
  const { status = 0, body = '', json } = values;
  const withCode = withVariable(variables, ['fetchURLResultCode'], status);
  const withBody = withVariable(withCode, ['fetchURLResultBody'], body);
  return path && outcome === 'done' ? withVariable(withBody, path, json ?? body) : withBody;
}

function compileBody({ body }: FetchUrlFields): Fill<NonNullable<Request['body']>> | undefined {
  if (!body) return undefined;
  if ('json' in body) {
    const fill = compileValues(body.json, null);
    return (variables) => ({ kind: 'json', value: fill(variables) as Json });
  }
  if ('form' in body) return compileTexts({ kind: 'form', fields: body.form });
  if ('multipart' in body) return compileTexts({ kind: 'multipart', fields: body.multipart });
  return compileTexts({ kind: 'text', text: body.text, contentType: body.contentType });
}

/** Names of secrets and users stand as they are: what a customer says must not choose them. */
function getAuth({ auth }: FetchUrlFields): Pick<Request, 'auth'> {
  if (!auth) return {};
  return 'basic' in auth
    ? { auth: { kind: 'basic', ...auth.basic } }
    : { auth: { kind: 'bearer', token: auth.bearer } };
}

function getSignature({ sign }: FetchUrlFields): Pick<Request, 'sign'> {
  if (!sign) return {};
  const { secret, header = 'X-Signature', algorithm = 'sha256', encoding = 'hex', prefix = '' } = sign;
  return { sign: { secret: { secret }, header, algorithm, encoding, prefix } };
}
