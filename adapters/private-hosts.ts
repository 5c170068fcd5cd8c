import ipaddr from 'ipaddr.js';
import { isInBlock } from './public-address.ts';

/** Where a call is about to go. `address`: the one connected to; absent before the name is looked up. */
interface Target {
  hostname: string;
  port: number;
  address?: string;
}

/** Hosts that the operator allows although they are private, or speak plain http. */
export interface PrivateHosts {
  isAllowed(target: Target): boolean;
}

/** One entry: `files.intranet`, `files.intranet:8080`, `10.1.2.3`, `10.0.0.0/8`, `[fd00::1]:8080`. */
const ENTRY = /^(?<host>\[[^\]]+\]|[^:[\]/]+)(?::(?<port>\d{1,5}))?$/;

/** True for an entry of the operator's list that can be understood. */
export function isPrivateHostEntry(entry: string): boolean {
  return ipaddr.isValidCIDR(entry) || ipaddr.isValid(entry) || ENTRY.test(entry);
}

/** Reads the operator's list. A name allows whatever address it has; an address or block allows no more than itself. */
export function createPrivateHosts(entries: readonly string[]): PrivateHosts {
  return { isAllowed: (target) => entries.some((entry) => allows(entry, target)) };
}

function allows(entry: string, { hostname, port, address }: Target): boolean {
  const block = ipaddr.isValidCIDR(entry) || ipaddr.isValid(entry) ? entry : undefined;
  if (block !== undefined) return address !== undefined && isInBlock(address, block);
  const { host = '', port: onlyPort } = ENTRY.exec(entry)?.groups ?? {};
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (ipaddr.isValid(name)) return address !== undefined && isInBlock(address, name);
  return name === hostname.toLowerCase();
}
