import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  clockSchema,
  customerEventSchema,
  customerMessageSchema,
  customerSchema,
  faultMatchSchema,
  faultSchema,
  logQuerySchema,
  pageSchema,
  postbackSchema,
  rawEventSchema,
  readSchema,
  sendsQuerySchema,
  threadQuerySchema,
} from './control-schema.ts';
import type { CallLog } from './call-log.ts';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import type { Simulator } from './simulator.ts';
import type { SimulatorStore } from './simulator-store.ts';
import { threadView } from './thread-view.ts';

export interface ControlDeps {
  simulator: Simulator;
  store: SimulatorStore;
  faults: Faults;
  /** How far the simulator's clock is ahead. */
  clock: { aheadMs: number };
  log: CallLog;
  changes: Changes;
}

interface OfPage {
  Params: { pageId: string };
}
interface OfCustomer {
  Params: { psid: string };
}
interface OfThread {
  Params: { pageId: string; psid: string };
}

/** Thrown for what the simulator does not know. */
class UnknownPageError extends Error {
  override readonly name = 'UnknownPageError';
}

/** The control API: what tests, the CLI and the page do with the simulator. See docs/simulator.md. */
export function registerControlRoutes(app: FastifyInstance, deps: ControlDeps): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) {
      const details = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      return reply.status(400).send({ code: 'REQUEST_INVALID', message: 'The request is not valid.', details });
    }
    if (!(error instanceof UnknownPageError)) throw error;
    return reply.status(404).send({ code: 'NOT_FOUND', message: error.message, details: [] });
  });
  registerPageRoutes(app, deps);
  registerCustomerRoutes(app, deps);
  registerFaultRoutes(app, deps);
  registerLogRoutes(app, deps);
  app.get('/simulator/sends', ({ query }) => {
    const { pageId, psid } = sendsQuerySchema.parse(query);
    return { items: deps.store.sends(pageId, psid) };
  });
}

function registerPageRoutes(app: FastifyInstance, { simulator, store }: ControlDeps): void {
  app.post('/simulator/pages', async ({ body }, reply) => {
    const page = pageSchema.parse(body);
    await simulator.registerPage(page);
    return reply.status(201).send({ pageId: page.pageId, name: page.name });
  });
  app.get('/simulator/pages', () => ({
    items: store.pages.map(({ pageId, name, webhookUrl, profile = {} }) => ({
      pageId,
      name,
      waitingEvents: store.queue(pageId).length,
      consoleUrl: new URL(webhookUrl).origin,
      profile,
    })),
  }));
  app.get<OfPage>('/simulator/pages/:pageId/customers', ({ params }) => ({ items: store.customersOf(params.pageId) }));
  app.post<OfPage>('/simulator/pages/:pageId/customers', async ({ params, body }) => {
    requirePage(store, params.pageId);
    return simulator.nameCustomer(params.pageId, customerSchema.parse(body));
  });
  app.get<OfThread>('/simulator/pages/:pageId/customers/:psid/messages', ({ params, query }) => {
    const { after } = threadQuerySchema.parse(query);
    return {
      items: threadView(store, params, after),
      isTyping: simulator.isTyping(params),
      waitingEvents: store.queue(params.pageId).length,
    };
  });
  app.post<OfPage>('/simulator/pages/:pageId/events', async ({ params, body }, reply) => {
    requirePage(store, params.pageId);
    await simulator.sendRawEvent(params.pageId, rawEventSchema.parse(body));
    return reply.status(202).send({});
  });
}

function registerCustomerRoutes(app: FastifyInstance, { simulator, store }: ControlDeps): void {
  app.post<OfCustomer>('/simulator/customers/:psid/messages', async ({ params, body }) => {
    const { pageId, ...message } = customerMessageSchema.parse(body);
    requirePage(store, pageId);
    const { mid, seq, at } = await simulator.customerWrites({ pageId, psid: params.psid }, message);
    return { mid, seq, at };
  });
  app.post<OfCustomer>('/simulator/customers/:psid/postbacks', async ({ params, body }) => {
    const { pageId, ...button } = postbackSchema.parse(body);
    requirePage(store, pageId);
    const { mid, seq, at } = await simulator.customerPresses({ pageId, psid: params.psid }, button);
    return { mid, seq, at };
  });
  app.post<OfCustomer>('/simulator/customers/:psid/events', async ({ params, body }, reply) => {
    const eventRequest = customerEventSchema.parse(body);
    requirePage(store, eventRequest.pageId);
    await simulator.customerDoes({ pageId: eventRequest.pageId, psid: params.psid }, eventRequest);
    return reply.status(202).send({});
  });
  app.post<OfCustomer>('/simulator/customers/:psid/reads', async ({ params, body }, reply) => {
    const { pageId } = readSchema.parse(body);
    requirePage(store, pageId);
    await simulator.customerReads({ pageId, psid: params.psid });
    return reply.status(202).send({});
  });
}

function registerLogRoutes(app: FastifyInstance, { simulator, log, faults, clock }: ControlDeps): void {
  app.get('/simulator/log', ({ query }) => log.since(logQuerySchema.parse(query).after));
  app.delete('/simulator/log', (_request, reply) => {
    log.clear();
    return reply.status(204).send();
  });
  app.post('/simulator/reset', async (_request, reply) => {
    await simulator.reset();
    log.clear();
    faults.clear();
    clock.aheadMs = 0;
    return reply.status(204).send();
  });
}

function registerFaultRoutes(app: FastifyInstance, { faults, clock, store, changes }: ControlDeps): void {
  app.get('/simulator/clock', () => clock);
  app.post('/simulator/clock', ({ body }) => {
    clock.aheadMs += clockSchema.parse(body).advanceMs;
    changes.tell('faults');
    return clock;
  });
  app.get('/simulator/actions', ({ query }) => {
    const { pageId, psid } = sendsQuerySchema.parse(query);
    return { items: store.senderActions(pageId, psid) };
  });
  app.get('/simulator/faults', () => ({ items: faults.list }));
  app.post('/simulator/faults', ({ body }, reply) => {
    const fault = faultSchema.parse(body);
    faults.add(fault);
    return reply.status(201).send(fault);
  });
  app.delete('/simulator/faults', ({ query }, reply) => {
    faults.clear(faultMatchSchema.parse(query));
    return reply.status(204).send();
  });
}

function requirePage(store: SimulatorStore, pageId: string): void {
  if (store.findPage(pageId) !== undefined) return;
  throw new UnknownPageError(`Page ${pageId} is not registered. POST /simulator/pages first.`);
}
