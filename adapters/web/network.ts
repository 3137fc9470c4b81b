/** Such an address is a proxy's, a container's or our own: it says nothing about who is behind it. */
const PRIVATE = /^(?:(?:::ffff:)?(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.|::1$|f[cd]|fe[89ab]|$)/i;

/** Who a public address belongs to: itself, or its /64, which is what one subscriber of IPv6 has; undefined: nobody can tell. */
export function networkOf(ip: string): string | undefined {
  if (PRIVATE.test(ip)) return undefined;
  if (!ip.includes(':') || ip.includes('.')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest];
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
