import { BlockList, isIP } from 'node:net';

/** Addresses that no request from the internet reaches (RFC 6890). */
const CLOSED = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv6');
/** Names that mean something in a house only, as does a name without a dot. */
const LOCAL_NAME = /^[^.]*$|\.(?:localhost|local|internal|lan|home\.arpa)$/i;

/** Whether the outside cannot reach it. `hostname`: of a URL, so that an address is spelled in the usual way. */
export function isInside(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const version = isIP(bare);
  return version === 0 ? LOCAL_NAME.test(bare) : CLOSED.check(bare, version === 4 ? 'ipv4' : 'ipv6');
}
