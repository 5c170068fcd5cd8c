import type { Operation } from '../../contracts/operation.ts';
import { failed, type OperationHandler } from './operation-handler.ts';

/** What an operation would need that this version of the product does not have. */
function needs(what: string): () => Promise<ReturnType<typeof failed>> {
  return async () => failed(`This version of Attendant has no ${what}.`);
}

type Names = Extract<
  Operation['name'],
  'identify-contact' | 'search-object' | 'create-object' | 'internal-message' | 'email'
>;

/** Operations whose part of the system is still to come: scenarios take their failure exit. */
export const notThereYet: { [Name in Names]: OperationHandler<Name> } = {
  'identify-contact': needs('contacts'),
  'search-object': needs('contacts and cases'),
  'create-object': needs('contacts and cases'),
  'internal-message': needs('messages between users'),
  email: needs('mail'),
};
