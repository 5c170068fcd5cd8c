import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerView } from '../../../../contracts/chat-view-schema.ts';

/** What a customer is called: by their name, else by the end of their id, which tells two nameless ones apart. */
export function useCustomerName(): (of: { customer: CustomerView; psid: string }) => string {
  const { t } = useTranslation();
  return useCallback(({ customer, psid }) => customer.name || `${t('chats.customer')} ${psid.slice(-4)}`, [t]);
}

/** The first word of a name, as people are addressed; the whole where there is one word only. */
export const firstNameOf = (name: string): string => name.split(/\s+/)[0] ?? name;
