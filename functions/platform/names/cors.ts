import { API_KEY_HEADER } from './api-keys.ts';

/**
 * CORS headers of preflight responses, gateway errors and function responses. Any origin is allowed: browsers do not attach
 * API keys automatically, as they do with cookies.
 */
export const CORS = {
  allowedOrigin: '*',
  allowedHeaders: ['Content-Type', API_KEY_HEADER, 'Idempotency-Key'],
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'Idempotent-Replayed'],
  maxAgeSeconds: 3600,
} as const;
