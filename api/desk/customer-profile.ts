import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { isRecord } from '../../contracts/is-record.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

/** What the customer's Messenger profile said when a conversation opened. */
export interface CustomerProfile {
  firstName?: string;
  lastName?: string;
  /** Stops working after days. */
  pictureUrl?: string;
}

/** Reads the profile that a conversation opened with; empty where there was none. */
export function findCustomerProfile({ openedWith }: Pick<ConversationRecord, 'openedWith'>): CustomerProfile {
  const customer = readCustomer(openedWith);
  return withoutUndefined({
    firstName: textOf(customer['firstName']),
    lastName: textOf(customer['lastName']),
    pictureUrl: textOf(customer['pictureUrl']),
  });
}

function readCustomer(openedWith: string | undefined): Record<string, unknown> {
  const opened: unknown = openedWith === undefined ? {} : JSON.parse(openedWith);
  const variables = isRecord(opened) && isRecord(opened['variables']) ? opened['variables'] : {};
  return isRecord(variables['customer']) ? variables['customer'] : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
