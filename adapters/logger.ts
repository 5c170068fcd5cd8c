import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

const secretKeys = ['authorization', 'cookie', 'password', 'token', 'pageToken', 'appSecret', 'verifyToken', 'query'];
/** Message texts are in no log, whatever object carries them. */
const textKeys = ['text', 'body', 'rawBody', 'payload'];

const redactedPaths = [...secretKeys, ...textKeys].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

interface PlainError {
  type: string;
  message: string;
  code?: string | number;
  stack?: string;
  cause?: PlainError;
}

/** Takes the parts of an error that are ours to show: drivers hang whole documents and requests on theirs. */
function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Something that is not an Error was thrown' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: plainError(error.cause, depth + 1) }),
  };
}

/**
 * Creates the JSON logger of a process.
 * Secrets and message texts are redacted wherever an object of two levels carries them; URLs are logged without query.
 */
export function createLogger(options: { level: string; processName: string }, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: { process: options.processName },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => plainError(error), error: (error: unknown) => plainError(error) },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
