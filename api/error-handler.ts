import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type InputProblem } from '../contracts/app-error.ts';
import { ERROR_CODES, type ErrorCode } from '../contracts/error-codes.ts';
import type { ErrorBody } from '../contracts/http-api-schema.ts';
import { describeIssue, type SchemaIssue } from './describe-issue.ts';
import { hasSchemaProblems } from './zod-provider.ts';

const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'REQUEST_INVALID',
};

function schemaProblems(issues: readonly SchemaIssue[], place: string | undefined): InputProblem[] {
  return issues.flatMap((issue) => describeIssue(issue, place === 'body' ? '' : (place ?? '')));
}

/** Every error as the one class that may leave the process. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (hasSchemaProblems(error)) {
    const issues = error.validation as unknown as SchemaIssue[];
    return new AppError('REQUEST_INVALID', { details: schemaProblems(issues, error.validationContext), cause: error });
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = fastifyCodes[code ?? ''];
  if (known) return new AppError(known, { cause: error });
  if (error instanceof SyntaxError && statusCode === 400) return new AppError('BODY_NOT_JSON', { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('REQUEST_INVALID', { cause: error });
  }
  return new AppError(isDatabaseAway(error) ? 'SERVICE_UNAVAILABLE' : 'INTERNAL', { cause: error });
}

/** True for the driver's errors of a server that cannot be reached, by name: they share no base class of their own. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/^Mongo(Network|ServerSelection|Topology|NotConnected|PoolCleared|WaitQueue|PoolClosed)/.test(error.name)) {
    return true;
  }
  const { errorLabels } = error as { errorLabels?: unknown };
  return Array.isArray(errorLabels) && errorLabels.includes('RetryableWriteError');
}

/** The body of an error answer. */
function toErrorBody({ code, message, details }: AppError): ErrorBody {
  return { code, message, details };
}

/** Answers every error of every route, and logs those that are ours. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const response = toAppError(error);
  const { httpStatus } = ERROR_CODES[response.code];
  if (httpStatus >= 500) request.log.error({ err: response, code: response.code }, 'request failed');
  if (response.code === 'TOO_MANY_ATTEMPTS' || response.code === 'SERVICE_UNAVAILABLE')
    void reply.header('retry-after', 5);
  void reply.code(httpStatus).send(toErrorBody(response));
}

/** Answers addresses that have no route. */
export function handleNotFound(_request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(404).send(toErrorBody(new AppError('NOT_FOUND')));
}
