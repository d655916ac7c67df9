/** Lists of addresses and subnets, IPv4 and IPv6, as settings hold them: `198.51.100.7`, `10.0.0.0/8`, `2001:db8::/32`. */
import { BlockList, isIP } from 'node:net';

/** Whether an address is one of a list. To be made once for a list: each entry is parsed. */
export function addressMatcher(entries: readonly string[]): (address: string) => boolean {
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
