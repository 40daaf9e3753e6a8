/**
 * Security headers of every response, of the functions and of API Gateway itself. The policy's directives have no value, which
 * is `'none'` (CSP Level 3, 6.7.2.6): in a gateway response a header's value stands between single quotes.
 */
export const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': 'default-src; frame-ancestors',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const;
