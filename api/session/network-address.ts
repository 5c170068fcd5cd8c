import ipaddr from 'ipaddr.js';

const IPV6_NETWORK_BYTES = 8;

/** What one caller has at will: an IPv4 address, or the /64 of an IPv6 one. */
export function networkAddressOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return Buffer.from(parsed.toByteArray().slice(0, IPV6_NETWORK_BYTES)).toString('hex');
}
