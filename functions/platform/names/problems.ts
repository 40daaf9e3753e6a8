/** `type` of a problem+json error is this and its stable code. */
export const PROBLEM_TYPE_PREFIX = 'urn:fettle:problem:';

/**
 * Every problem of the API: its stable `code`, its HTTP status, and its title, the same for every occurrence (RFC 9457).
 * Used by handlers and the gateway; listed in the OpenAPI document.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  invalid_json: { status: 400, title: 'The body is not JSON' },
  invalid_cursor: { status: 400, title: 'The cursor is not from this list' },
  invalid_idempotency_key: { status: 400, title: 'The Idempotency-Key is not valid' },
  unauthorized: { status: 401, title: 'No valid API key' },
  forbidden: { status: 403, title: 'The API key lacks the required role' },
  not_found: { status: 404, title: 'Not found' },
  job_finished: { status: 409, title: 'The job has already ended' },
  no_photos: { status: 409, title: 'No photo has arrived' },
  photo_not_ready: { status: 409, title: 'The photo has not been assessed yet' },
  photo_not_readable: { status: 409, title: 'The photo could not be read' },
  picture_expired: { status: 410, title: 'The photo is no longer stored' },
  too_many_keys: { status: 409, title: 'The workspace has too many API keys' },
  last_admin_key: { status: 409, title: 'This is the last admin key' },
  policy_changed: { status: 409, title: 'The policy has changed meanwhile' },
  trial_running: { status: 409, title: 'A version of the policy is on trial' },
  no_trial: { status: 409, title: 'No version of the policy is on trial' },
  request_in_progress: { status: 409, title: 'A request with this Idempotency-Key is still running' },
  request_too_large: { status: 413, title: 'The body is too large' },
  unsupported_content_type: { status: 415, title: 'The body has the wrong content type' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for another request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  quota_exceeded: { status: 429, title: 'The daily quota is used up' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  timed_out: { status: 504, title: 'The request took too long' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
