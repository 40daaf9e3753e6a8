/** Limits shared by several capabilities, or by infrastructure and runtime. A limit of one file is defined there. */
export const LIMITS = {
  photosPerJob: 100,
  /** one photo, enforced by the presigned POST */
  photoBytes: 8 * 1024 * 1024,
  /** an API request's body; API Gateway's own limit is 10 MB */
  requestBytes: 1024 * 1024,
  /** an uploaded table of comps, its rejected rows and what came of it are kept as long */
  compsUploadDays: 30,
  /** longer side of the working copy, which the models and all measurements use */
  workingPx: 1280,
  /** lifetime of the authorizer's cache, for which a revoked key may still be accepted */
  authorizerCacheSeconds: 30,
} as const;
