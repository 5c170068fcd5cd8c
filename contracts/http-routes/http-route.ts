import type { z } from 'zod';
import type { AccessPolicy } from '../access-policy.ts';
import type { AuditAction } from '../audit.ts';
import type { ErrorCode } from '../error-codes.ts';

/** Body of a response that is no JSON, by its content type. */
interface ContentSchema {
  description: string;
  content: Record<string, { schema: z.ZodType }>;
}

/** A row of the table of routes: all that api, clients and the API document know of one route. */
export interface HttpRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parameters as `:name`. */
  path: string;
  /** One line of the API document. */
  summary: string;
  tags: readonly string[];
  access: AccessPolicy;
  /** Answers also in a session that lacks the second factor which the role requires. */
  isOpenUnsecured?: true;
  params?: z.ZodType;
  query?: z.ZodType;
  /** A JSON document, unless the row says what it `consumes`. */
  body?: z.ZodType;
  /** The body is bytes, and no JSON. */
  consumes?: 'application/octet-stream';
  /** The body is taken as the bytes that came, because they are signed. */
  hasRawBody?: true;
  /** Longest body, in bytes; `configured`: ATTENDANT_BODY_LIMIT_BYTES. Fastify's 1 MiB where absent. */
  maxBodyBytes?: number | 'configured';
  /** Success by HTTP status. What a handler returns is sent with the first. */
  responses: Readonly<Record<number, z.ZodType | ContentSchema>>;
  /** What it refuses for reasons of its own; `errorCodesOf` adds those that follow from the rest of the row. */
  errors?: readonly ErrorCode[];
  /** What the audit calls a call that succeeded; `own`: the handler records it, with what it knows more. */
  audit?: AuditAction | 'own';
  /** Not in the API document: pages for browsers, and the document itself. */
  isHidden?: true;
}

/** Every error that a route may answer, those included that follow from its policy and its inputs. */
export function errorCodesOf(route: HttpRoute): ErrorCode[] {
  const hasBody = route.body !== undefined || route.hasRawBody === true;
  return [
    ...(route.params || route.query || route.body ? (['REQUEST_INVALID'] as const) : []),
    ...(route.body && !route.consumes ? (['BODY_NOT_JSON'] as const) : []),
    ...(route.access === 'public' ? [] : (['UNAUTHENTICATED', 'FORBIDDEN'] as const)),
    ...(route.access === 'public' || route.isOpenUnsecured ? [] : (['SECOND_FACTOR_MISSING'] as const)),
    ...(hasBody ? (['BODY_TOO_LARGE'] as const) : []),
    ...(route.errors ?? []),
    'INTERNAL',
    'SERVICE_UNAVAILABLE',
  ];
}
