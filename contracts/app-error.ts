import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** One problem in an input: where it is, what is wrong and what to do. */
export interface InputProblem {
  path: string;
  message: string;
  remedy?: string;
  line?: number;
  column?: number;
  /** What is meant, in the source as UTF-8, from 0, the end exclusive. */
  bytes?: { start: number; end: number };
  /** Of a scenario: what kind of problem it is, the check it belongs to, the shortest chat that leads there. */
  code?: string;
  check?: string;
  transcript?: string[];
}

/** The one error class that may leave a process: an HTTP answer or a Temporal failure is made from its code. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: InputProblem[];

  constructor(code: ErrorCode, options: { details?: InputProblem[]; cause?: unknown; message?: string } = {}) {
    super(options.message ?? ERROR_CODES[code].userMessage, { cause: options.cause });
    this.code = code;
    this.details = options.details ?? [];
  }
}
