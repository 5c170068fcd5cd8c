import { lookup as lookupName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { PrivateHosts } from './private-hosts.ts';
import { isPublicAddress } from './public-address.ts';

/** What one call may reach. */
export interface GuardRules {
  allowHttp: boolean;
  privateHosts: PrivateHosts;
  /** Only these hosts and their subdomains; any where absent. */
  onlyHosts?: readonly string[];
}

/** The guard's no. Its message is for an operator: it names no address, which may hold a secret. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/**
 * Checks an address before anything is connected. A host written as a number (decimal, octal, mapped) is checked here in
 * the form the URL parser gives it; a name when it is looked up.
 * @throws RefusedError
 */
export function checkUrl(text: string, rules: GuardRules): URL {
  if (!URL.canParse(text)) throw new RefusedError('the address is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RefusedError('only https can be called');
  if (url.username !== '' || url.password !== '') {
    throw new RefusedError('the address holds a user name or password: give them as a header');
  }
  if (!isWantedHost(hostnameOf(url), rules)) throw new RefusedError('the host is not among those that may be called');
  checkReach(url, rules);
  return url;
}

function checkReach(url: URL, { allowHttp, privateHosts }: GuardRules): void {
  const hostname = hostnameOf(url);
  const literal = isIP(hostname) === 0 ? undefined : hostname;
  const target = { hostname, port: portOf(url), ...(literal !== undefined && { address: literal }) };
  if (privateHosts.isAllowed(target)) return;
  if (url.protocol === 'http:' && !allowHttp) throw new RefusedError('plain http is not allowed: use https');
  if (literal !== undefined && !isPublicAddress(literal)) throw privateAddress();
}

/**
 * Creates the `lookup` of one connection: it gives public addresses only, so what is checked is what is connected to, and
 * a name that changes its answer in between (DNS rebinding) gains nothing.
 */
export function createGuardedLookup(url: URL, { privateHosts }: GuardRules): LookupFunction {
  const port = portOf(url);
  const isAllowed = ({ address }: LookupAddress): boolean =>
    isPublicAddress(address) || privateHosts.isAllowed({ hostname: hostnameOf(url), port, address });
  return function guardedLookup(hostname, options, callback) {
    lookupName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const allowed = addresses.filter(isAllowed);
      const [first] = allowed;
      if (!first) callback(privateAddress(), '', 0);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

const privateAddress = (): RefusedError =>
  new RefusedError('the host is not on the public internet: an operator can allow it by ATTENDANT_PRIVATE_HOSTS');

/** Without the brackets of IPv6 and the dot that ends a full name. */
const hostnameOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port));

function isWantedHost(hostname: string, { onlyHosts }: GuardRules): boolean {
  return onlyHosts?.some((host) => hostname === host || hostname.endsWith(`.${host}`)) ?? true;
}
