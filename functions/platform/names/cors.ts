/** What browsers are told, by the preflight mocks, the gateway's own errors and the functions alike. Keys travel in a header, never in a cookie, so any origin may ask. */
export const CORS = {
  allowedOrigin: '*',
  allowedHeaders: ['Content-Type', 'X-Api-Key', 'Idempotency-Key'],
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'Idempotent-Replayed'],
  maxAgeSeconds: 3600,
} as const;
