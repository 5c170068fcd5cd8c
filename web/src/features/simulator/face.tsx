import type { ReactNode } from 'react';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { ownPath, type Customer } from './simulator-api.ts';

/** A customer's picture, or initials. The name stands beside it. */
export function Face({ customer }: { customer: Pick<Customer, 'name' | 'pictureUrl'> }): ReactNode {
  const path = ownPath(customer.pictureUrl);
  if (path === undefined) return <Avatar name={customer.name} size={28} />;
  return <img className="av s28 face" src={path} alt="" />;
}
