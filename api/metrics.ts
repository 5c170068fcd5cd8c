import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Metrics of the api process. */
export interface ApiMetrics {
  /** One per webhook request: verified, refused, accepted, too-large, unavailable, … */
  webhookRequests: Counter<'result'>;
  /** One per webhook event: its outcome by the decoder and what became of it. */
  webhookEvents: Counter<'outcome' | 'result'>;
  /** Events that wait in the spool; every process tells the same number. */
  spooledEvents: Gauge;
  /** Bodies that could not be handled, or hold a kind of event that is not known. */
  deadLetters: Counter<'cause' | 'result'>;
  requestSeconds: Histogram<'method' | 'route' | 'status'>;
  presenceLosses: Counter;
}

/** Registers the api's metrics, and Node's own, in a registry. */
export function createApiMetrics(registry: Registry): ApiMetrics {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    webhookRequests: new Counter({
      name: 'attendant_webhook_requests_total',
      help: 'Webhook requests by result',
      labelNames: ['result'],
      registers,
    }),
    webhookEvents: new Counter({
      name: 'attendant_webhook_events_total',
      help: 'Webhook events by outcome and by what became of them',
      labelNames: ['outcome', 'result'],
      registers,
    }),
    spooledEvents: new Gauge({
      name: 'attendant_spooled_events',
      help: 'Webhook events that wait in MongoDB for Temporal',
      registers,
    }),
    deadLetters: new Counter({
      name: 'attendant_kept_bodies_total',
      help: 'Webhook bodies kept for an operator, by cause and by whether there was room',
      labelNames: ['cause', 'result'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'attendant_http_request_seconds',
      help: 'Time to answer, by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    presenceLosses: new Counter({
      name: 'attendant_presence_losses_total',
      help: 'Agents whose lease ran out',
      registers,
    }),
  };
}
