import { AppError } from '../../contracts/app-error.ts';
import type { Erasure } from '../../contracts/erasure.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { eraseCustomer } from './erase-customers.ts';

/** One customer's data: given out, and destroyed. */
export function registerCustomerRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.exportCustomer, async (request) => {
    const conversationKey = request.params;
    const collections = await deps.customerData.export(conversationKey);
    if (!collections) throw new AppError('NOT_FOUND');
    const by = getPrincipal(request).username ?? 'admin token';
    await deps.audit.record({ action: 'customer.exported', by, conversationKey, at: deps.now() });
    return { collections };
  });

  registerRoute(app, httpRoutes.eraseCustomer, async (request) => {
    const conversationKey = request.params;
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
  });
}
