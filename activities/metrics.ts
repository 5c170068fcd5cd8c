import { Counter, Histogram, type Registry } from 'prom-client';

/** What the worker counts, beside what the Temporal SDK counts itself. */
export interface WorkerMetrics {
  sends: Counter<'status'>;
  graphSeconds: Histogram<'outcome'>;
  conversationsOpened: Counter<'kind'>;
  routingDecisions: Counter<'outcome'>;
  pagesClosed: Counter<'class'>;
  operations: Counter<'operation' | 'outcome'>;
}

/** Creates the worker's metrics in a registry. */
export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  return {
    sends: new Counter({
      name: 'attendant_parts_settled_total',
      help: 'Parts by the delivery status that ended their sending',
      labelNames: ['status'],
      registers,
    }),
    graphSeconds: new Histogram({
      name: 'attendant_graph_call_seconds',
      help: 'Time of a Send API call, by outcome',
      labelNames: ['outcome'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
      registers,
    }),
    conversationsOpened: new Counter({
      name: 'attendant_conversations_opened_total',
      help: 'Look-ups for a new conversation, by what they found',
      labelNames: ['kind'],
      registers,
    }),
    pagesClosed: new Counter({
      name: 'attendant_pages_closed_total',
      help: 'Times that nothing of a Page left any more until somebody repaired it',
      labelNames: ['class'],
      registers,
    }),
    operations: new Counter({
      name: 'attendant_operations_total',
      help: 'What blocks asked of the world, by what became of it',
      labelNames: ['operation', 'outcome'],
      registers,
    }),
    routingDecisions: new Counter({
      name: 'attendant_routing_decisions_total',
      help: 'Decisions of dispatchers',
      labelNames: ['outcome'],
      registers,
    }),
  };
}
