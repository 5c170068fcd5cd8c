import { OPERATIONS } from '../../contracts/operations.ts';
import { failed, type OperationHandler } from './operation-handler.ts';

/** What an operation would need that this version of the product does not have. */
function needs(name: Names): () => Promise<ReturnType<typeof failed>> {
  return async () => failed(`This version of Attendant has no ${OPERATIONS[name].lacks}.`);
}

type Rows = typeof OPERATIONS;

/** Those whose row in the table says so: a part that comes is a row without `lacks` and a handler. */
type Names = { [Name in keyof Rows]: Rows[Name] extends { lacks: string } ? Name : never }[keyof Rows];

/** Operations whose part of the system is still to come: scenarios take their failure exit. */
export const notThereYet: { [Name in Names]: OperationHandler<Name> } = {
  'identify-contact': needs('identify-contact'),
  'search-object': needs('search-object'),
  'create-object': needs('create-object'),
  'internal-message': needs('internal-message'),
  email: needs('email'),
};
