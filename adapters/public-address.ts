import ipaddr from 'ipaddr.js';

/** Public by its number, but a cloud's own: Azure answers metadata there. */
const CLOUD_ADDRESSES = new Set(['168.63.129.16']);

/**
 * True for an address of the public internet. Everything in IANA's special registries is not: loopback, private,
 * link-local (where clouds answer metadata), shared, multicast, documentation. An IPv6 address that carries an IPv4 one
 * (mapped, NAT64) is checked by it; tunnels (6to4, Teredo) are refused.
 * Source: IANA special-purpose address registries, as ipaddr.js holds them; global unicast is 2000::/3 (RFC 4291).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  const carried = carriedAddress(address);
  if (carried !== undefined) return isPublicAddress(carried);
  if (address.range() !== 'unicast' || CLOUD_ADDRESSES.has(address.toString())) return false;
  return address.kind() === 'ipv4' || ((address.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}

function carriedAddress(address: ipaddr.IPv4 | ipaddr.IPv6): string | undefined {
  if (address.kind() === 'ipv4') return undefined;
  const range = address.range();
  if (range !== 'ipv4Mapped' && range !== 'rfc6052') return undefined;
  return address.toByteArray().slice(12).join('.');
}

/** True where an address lies in a block like `10.0.0.0/8`, or is the address given alone. Mapped IPv4 counts as IPv4. */
export function isInBlock(text: string, block: string): boolean {
  const [base = '', bits] = block.split('/');
  if (!ipaddr.isValid(text) || !ipaddr.isValid(base)) return false;
  const address = ipaddr.process(text);
  const network = ipaddr.process(base);
  if (address.kind() !== network.kind()) return false;
  const prefix = bits === undefined ? network.toByteArray().length * 8 : Number(bits);
  return address.match(network, prefix);
}
