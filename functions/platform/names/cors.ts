/**
 * CORS headers of preflight responses, gateway errors and function responses. Any origin is allowed: browsers do not attach
 * API keys automatically, as they do with cookies.
 */
export const CORS = {
  allowedOrigin: '*',
  allowedHeaders: ['Content-Type', 'X-Api-Key', 'Idempotency-Key'],
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'Idempotent-Replayed'],
  maxAgeSeconds: 3600,
} as const;
