import { AppError } from '../../contracts/app-error.ts';
import type { Erasure } from '../../contracts/erasure.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { eraseCustomers, isLegalHold, requireNoHold } from './erase-customers.ts';

/** One customer's data: given out, and destroyed. */
export function registerCustomerRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.exportCustomer, async (request) => {
    const collections: Record<string, unknown[]> = {};
    for (const identity of await deps.people.contacts.listIdentitiesOf(request.params)) {
      const found = (await deps.customerData.export(identity)) ?? {};
      for (const [name, documents] of Object.entries(found)) (collections[name] ??= []).push(...documents);
    }
    if (Object.keys(collections).length === 0) throw new AppError('NOT_FOUND');
    return { collections };
  });

  registerRoute(app, httpRoutes.eraseCustomer, async (request) => {
    const conversationKey = request.params;
    // Who was merged from several Pages is one person, whose data goes from all of them.
    const conversationKeys = await deps.people.contacts.listIdentitiesOf(conversationKey);
    // Before anything is written down: who asks is told now, and asks again once the hold is released.
    await requireNoHold(deps, conversationKeys);
    const at = deps.now();
    const { by } = auditedCaller(request);
    // Durable first: what a crash interrupts here is carried out by the next process.
    const text = `${by} ${at} ${conversationKey.pageId} ${conversationKey.psid}`;
    const code = await deps.erasures.open({
      origin: 'admin',
      subject: { conversationKeys },
      text,
      at,
    });
    const erasing = eraseCustomers(deps, conversationKeys).catch(async (error: unknown) => {
      // It was placed meanwhile.
      if (isLegalHold(error)) await deps.erasures.withdraw(code);
      throw error;
    });
    const { runs, documents } = await erasing;
    const erasure: Erasure | undefined = await deps.erasures.find(code);
    return { code, state: erasure?.state ?? 'waiting', runs, documents };
  });
}
