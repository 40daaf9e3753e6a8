/** Limits that several capabilities, or infrastructure and runtime, hold to. One that a single file needs is defined there. */
export const LIMITS = {
  photosPerJob: 100,
  /** one photo, enforced by the presigned form */
  photoBytes: 8 * 1024 * 1024,
  /** an API request's body; API Gateway itself refuses above 10 MB */
  requestBytes: 1024 * 1024,
  /** longest side of the one decoded copy that everything works on */
  workingPx: 1280,
  /** the longest that a revoked key may still be let in: the authorizer's cache */
  authorizerCacheSeconds: 30,
} as const;
