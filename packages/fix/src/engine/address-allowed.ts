import { BlockList, isIP } from 'node:net';

/** Whether an address is among `allowed`: single addresses or subnets (`10.1.0.0/16`), IPv4 (mapped too) and IPv6. */
export function isAddressAllowed(address: string, allowed: readonly string[]): boolean {
  const family = familyOf(address);
  if (family === null) return false;
  const list = new BlockList();
  for (const entry of allowed) {
    const [network = '', prefix] = entry.split('/');
    const entryFamily = familyOf(network);
    if (entryFamily === null) throw new TypeError(`not an IP address or subnet: ${entry}`);
    if (prefix === undefined) list.addAddress(network, entryFamily);
    else list.addSubnet(network, Number(prefix), entryFamily);
  }
  return list.check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}
