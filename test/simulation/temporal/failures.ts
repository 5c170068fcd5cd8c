/** Failures as `@temporalio/common` gives them to actors and activities, as far as these look at them. */
export class TemporalFailure extends Error {
  override readonly name: string = 'TemporalFailure';
}

interface ApplicationFailureOptions {
  message?: string;
  type?: string;
  nonRetryable?: boolean;
  details?: unknown[];
  cause?: Error;
  nextRetryDelay?: number;
}

export class ApplicationFailure extends TemporalFailure {
  override readonly name = 'ApplicationFailure';
  readonly type: string | undefined;
  readonly isNonRetryable: boolean;
  readonly details: unknown[] | undefined;
  readonly nextRetryDelay: number | undefined;

  constructor({ message, type, nonRetryable, details, cause, nextRetryDelay }: ApplicationFailureOptions) {
    super(message, { cause });
    this.type = type;
    this.isNonRetryable = nonRetryable ?? false;
    this.details = details;
    this.nextRetryDelay = nextRetryDelay;
  }

  static create(options: ApplicationFailureOptions): ApplicationFailure {
    return new ApplicationFailure(options);
  }

  static nonRetryable(message: string, type?: string, ...details: unknown[]): ApplicationFailure {
    return new ApplicationFailure({ message, nonRetryable: true, details, ...(type !== undefined && { type }) });
  }

  static retryable(message: string, type?: string, ...details: unknown[]): ApplicationFailure {
    return new ApplicationFailure({ message, details, ...(type !== undefined && { type }) });
  }
}

export class CancelledFailure extends TemporalFailure {
  override readonly name = 'CancelledFailure';
}

export type TimeoutType = 'START_TO_CLOSE' | 'SCHEDULE_TO_CLOSE' | 'SCHEDULE_TO_START' | 'HEARTBEAT';

export class TimeoutFailure extends TemporalFailure {
  override readonly name = 'TimeoutFailure';
  readonly timeoutType: TimeoutType;

  constructor(message: string, timeoutType: TimeoutType) {
    super(message);
    this.timeoutType = timeoutType;
  }
}

export class ActivityFailure extends TemporalFailure {
  override readonly name = 'ActivityFailure';
  readonly activityType: string;

  constructor(activityType: string, cause: Error) {
    super('Activity task failed', { cause });
    this.activityType = activityType;
  }
}

/** True for what a cancelled scope or activity throws. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  return error instanceof ActivityFailure && error.cause instanceof CancelledFailure;
}
