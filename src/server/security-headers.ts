/** Headers that every answer carries, also a 404: OWASP ASVS 5.0, V3.4. */
export function securityHeaders(publicUrl: string | undefined): Record<string, string> {
  return {
    ...framedBy([]),
    // Only where the settings say that this host has https: browsers then come back with nothing else for a year.
    ...(publicUrl?.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

/** The policy of a page, and the origins whose pages may show it in a frame. */
export function framedBy(origins: readonly string[]): Record<string, string> {
  return {
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; " +
      `form-action 'self'; object-src 'none'; frame-ancestors ${origins.length > 0 ? origins.join(' ') : "'none'"}`,
  };
}
