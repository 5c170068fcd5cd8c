import { Counter, type Registry } from 'prom-client';
import { withoutUndefined } from '../contracts/without-undefined.ts';
import type { AlertRequest } from '../contracts/alert.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import type { Logger } from './logger.ts';
import type { LiveNotes } from './mongo/live-events.ts';
import type { AlertsRepository } from './mongo/alerts-repository.ts';

/** Tells operators: by the log, a metric, the list of alerts, and a webhook of theirs. */
export interface OperatorAlerts {
  /** Durable once it resolves; told once, however often the same matter is noticed. */
  tell(request: AlertRequest): Promise<void>;
  /** The matter is over. */
  resolve(matter: Pick<AlertRequest, 'pageId' | 'group' | 'kind' | 'key'>): Promise<void>;
  /** Sends what has not been sent yet to the operators' webhook; any number of processes may do so. */
  sendUnsent(): Promise<void>;
}

interface AlertDependencies {
  repository: AlertsRepository;
  logger: Logger;
  registry: Registry;
  guardedFetch: GuardedFetch;
  /** Where alerts are posted to; nowhere where absent. */
  url: string | undefined;
  /** Takes notes for those who watch. */
  live: LiveNotes;
  now: () => number;
}

const SEND_AGAIN_AFTER_MS = 60_000;
const SEND_TIMEOUT_MS = 10_000;
const MAX_SENDS = 20;

/** Creates the teller of one process. */
export function createOperatorAlerts(deps: AlertDependencies): OperatorAlerts {
  const { repository, logger, live, now } = deps;
  const alertsRaised = new Counter({
    name: 'attendant_alerts_total',
    help: 'What operators had to be told about their Pages, by kind',
    labelNames: ['kind'],
    registers: [deps.registry],
  });
  return {
    async tell(request) {
      const isNew = await repository.note(request, now());
      if (!isNew) return;
      const { pageId, group, kind, message, remedy } = request;
      alertsRaised.inc({ kind });
      logger.error({ pageId, group, kind, remedy }, `ALERT ${message}`);
      const { key: _key, ...alert } = request;
      await live.tell([{ type: 'alert.raised', ...alert }]);
    },
    async resolve(matter) {
      const { pageId, group, kind } = matter;
      if (!(await repository.resolve(matter, now()))) return;
      logger.info({ pageId, group, kind }, 'a matter that was noticed is over');
      await live.tell([{ type: 'alert.resolved', ...withoutUndefined({ pageId, group }), kind }]);
    },
    async sendUnsent() {
      const { url } = deps;
      if (url === undefined) return;
      for (let sent = 0; sent < MAX_SENDS; sent += 1) {
        const alert = await repository.claimUnsent(now(), SEND_AGAIN_AFTER_MS);
        if (!alert) return;
        const result = await deps.guardedFetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type: 'alert', alert }),
          timeoutMs: SEND_TIMEOUT_MS,
        });
        if (result.outcome === 'answered' && result.status < 300) await repository.markSent(alert);
        else logger.warn({ outcome: result.outcome, kind: alert.kind }, 'the operators’ webhook did not take an alert');
      }
    },
  };
}
