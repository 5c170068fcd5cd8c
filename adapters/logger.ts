import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

const secretKeys = ['authorization', 'cookie', 'password', 'token', 'pageToken', 'appSecret', 'verifyToken', 'query'];
/** Message texts are in no log, whatever object carries them. */
const textKeys = ['text', 'body', 'rawBody', 'payload'];

const redactedPaths = [...secretKeys, ...textKeys].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** One line, in characters: whoever makes an error long must not fill the disk. */
const MAX_LINE_LENGTH = 16_384;
const MAX_MESSAGE_LENGTH = 2000;
const MAX_STACK_LENGTH = 6000;

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
    message: cut(error.message, MAX_MESSAGE_LENGTH),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: cut(error.stack, MAX_STACK_LENGTH) }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: plainError(error.cause, depth + 1) }),
  };
}

const cut = (text: string, maxLength: number): string =>
  text.length <= maxLength ? text : `${text.slice(0, maxLength)}… (${text.length} characters)`;

/** A line over the limit keeps what tells when and what; it stays JSON. */
function boundLine(line: string): string {
  if (line.length <= MAX_LINE_LENGTH) return line;
  const { level, time, process, msg = '' } = JSON.parse(line) as Record<string, string>;
  const kept = { level, time, process, cutFromLength: line.length, msg: cut(msg, MAX_MESSAGE_LENGTH) };
  return `${JSON.stringify({ ...kept, start: line.slice(0, MAX_MESSAGE_LENGTH) })}\n`;
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
    hooks: { streamWrite: boundLine },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => plainError(error), error: (error: unknown) => plainError(error) },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
