import { z } from 'zod';
import { AppError } from '../../contracts/app-error.ts';
import { ERASURE_STATES, type Erasure } from '../../contracts/erasure.ts';
import { opaqueIdSchema } from '../../contracts/identifiers-schema.ts';
import { access, getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { eraseCustomer } from './erase-customers.ts';

const paramsSchema = z.object({ account: opaqueIdSchema, customer: opaqueIdSchema });
const errors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND');

const erasureViewSchema = z
  .object({
    code: z.string(),
    state: z.enum(ERASURE_STATES),
    /** Runs that Temporal had of them. */
    runs: z.int(),
    /** Documents destroyed, by collection. */
    documents: z.record(z.string(), z.int()),
  })
  .meta({ id: 'Erasure' });

/** One customer's data: given out, and destroyed. `account` is the Page's id. */
export function registerCustomerRoutes(app: App, deps: AppDependencies): void {
  app.get('/api/v1/customers/:account/:customer/export', {
    config: { access: access.admin },
    schema: {
      summary: 'Everything that is stored of a customer',
      tags: ['privacy'],
      params: paramsSchema,
      response: { 200: z.object({ collections: z.record(z.string(), z.array(z.unknown())) }), ...errors },
    },
    handler: async (request) => {
      const conversationKey = { pageId: request.params.account, psid: request.params.customer };
      const collections = await deps.customerData.export(conversationKey);
      if (!collections) throw new AppError('NOT_FOUND');
      const by = getPrincipal(request).username ?? 'admin token';
      await deps.audit.record({ action: 'customer.exported', by, conversationKey, at: deps.now() });
      return { collections };
    },
  });

  app.delete('/api/v1/customers/:account/:customer', {
    config: { access: access.admin },
    schema: {
      summary: 'Erase a customer from every store; looked at once more a minute later',
      tags: ['privacy'],
      params: paramsSchema,
      response: { 200: erasureViewSchema, ...errors },
    },
    handler: async (request) => {
      const conversationKey = { pageId: request.params.account, psid: request.params.customer };
      const at = deps.now();
      const by = getPrincipal(request).username ?? 'admin token';
      // Durable first: what a crash interrupts here is carried out by the next process.
      const text = `${by} ${at} ${conversationKey.pageId} ${conversationKey.psid}`;
      const code = await deps.erasures.open({
        origin: 'admin',
        subject: { conversationKeys: [conversationKey] },
        text,
        at,
      });
      const { runs, documents } = await eraseCustomer(deps, conversationKey);
      await deps.audit.record({ action: 'customer.erased', by, conversationKey, at });
      const erasure: Erasure | undefined = await deps.erasures.find(code);
      return { code, state: erasure?.state ?? 'waiting', runs, documents };
    },
  });
}
