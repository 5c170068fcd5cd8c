import { Runtime, type LogLevel, type LogMetadata } from '@temporalio/worker';
import type { Logger } from '../adapters/logger.ts';

const PINO_LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Installs Temporal's runtime, once for a process and before any worker: its logs go to pino, its metrics to a free
 * local port where asked for. Signals are ours to handle.
 */
export function installRuntime(logger: Logger, sdkMetricsAddress: string | undefined): void {
  const log = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    logger[PINO_LEVELS[level]]({ ...meta }, message);
  };
  Runtime.install({
    logger: {
      log,
      trace: (message, meta) => log('TRACE', message, meta),
      debug: (message, meta) => log('DEBUG', message, meta),
      info: (message, meta) => log('INFO', message, meta),
      warn: (message, meta) => log('WARN', message, meta),
      error: (message, meta) => log('ERROR', message, meta),
    },
    shutdownSignals: [],
    telemetryOptions: {
      ...(sdkMetricsAddress !== undefined && { metrics: { prometheus: { bindAddress: sdkMetricsAddress } } }),
    },
  });
}
