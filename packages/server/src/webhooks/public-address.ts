import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address belongs to the public internet: not to this machine, a private network, a cloud's metadata
 * service or anything else that is not for everybody. An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is
 * judged as what it is. The only file that knows `ipaddr.js`.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  // What is called unicast there has no special use by any of the registries it follows.
  return ipaddr.process(address).range() === 'unicast'
}
