/**
 * Names and limits which infrastructure and runtime share. Data, and names made of it: `lib/` imports this file and
 * nothing else of `functions/`, so whatever stands here is written once.
 */

/** Environment variables of the functions, by what they hold. `lib/` sets them in the same call that grants the permission. */
export const ENV = {
  /** name of the table of jobs, their photos and their assessments */
  jobsTable: 'JOBS_TABLE',
  /** name of the table of API keys and idempotent replies */
  accessTable: 'ACCESS_TABLE',
  mediaBucket: 'MEDIA_BUCKET',
  photosQueueUrl: 'PHOTOS_QUEUE_URL',
  conclusionsQueueUrl: 'CONCLUSIONS_QUEUE_URL',
  usagePlanId: 'USAGE_PLAN_ID',
  /** dev | staging | prod */
  environment: 'FETTLE_ENV',
} as const;

/** What is deployed apart from one another, each as a stack of its own. */
export const ENVIRONMENT_NAMES = ['dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

export const isEnvironmentName = (name: unknown): name is EnvironmentName =>
  ENVIRONMENT_NAMES.some((known) => known === name);

export const stackNameOf = (environment: EnvironmentName): string => `fettle-${environment}`;

/** CloudWatch namespace of every Fettle metric. */
export const METRIC_NAMESPACE = 'Fettle';

/** The only dimension of every Fettle metric; its value is the environment's name. */
export const METRIC_DIMENSION = 'environment';

/** Every metric that the runtime may emit, with its CloudWatch unit. An alarm can watch no other name of ours. */
export const METRICS = {
  JobCreated: 'Count',
  JobCompleted: 'Count',
  JobFailed: 'Count',
  JobExpired: 'Count',
  JobCancelled: 'Count',
  /** milliseconds from the creation of a job to its conclusion */
  JobDuration: 'Milliseconds',
  PhotoAssessed: 'Count',
  PhotoRejected: 'Count',
  PhotoFailed: 'Count',
  /** an upload for a job that no longer takes photos, or a second upload with the same form */
  PhotoIgnored: 'Count',
  /** milliseconds of `assess-photo` from opening the object to the saved assessment */
  PhotoDuration: 'Milliseconds',
  /** jobs which the sweep had to end, because nothing else did */
  StuckJobSwept: 'Count',
  KeyCreated: 'Count',
  KeyRevoked: 'Count',
} as const;

export type MetricName = keyof typeof METRICS;

/** What we promise and refuse beyond. */
export const LIMITS = {
  photosPerJob: 100,
  /** one photo, enforced by the presigned form */
  photoBytes: 8 * 1024 * 1024,
  /** an API request's body; API Gateway itself refuses above 10 MB */
  requestBytes: 1024 * 1024,
  /** pixels of one photo, checked before decoding */
  photoPixels: 50_000_000,
  /** longest side of the one decoded copy that everything works on */
  workingPx: 1280,
  /** short side below which nothing can be said of a photo */
  smallestSidePx: 64,
  /** how long photos may arrive after a job was created */
  uploadSeconds: 3600,
  /** after that, how long an upload may still be on its way that began in time */
  uploadGraceSeconds: 60,
  /**
   * What photos have from the start of a job to their assessment, waiting in the queue included. Then the sweep fails
   * what is missing: it cannot tell a lost message from one that still waits. Long, because a backlog may take hours to
   * mend, and costs nobody much: what fails ends by the dead letters within half an hour, and messages are hardly ever lost.
   */
  processingSeconds: 6 * 3600,
  /** what the sweep grants a job for its conclusion before it fails it */
  conclusionSeconds: 600,
  /** presigned URLs of derived pictures */
  pictureUrlSeconds: 300,
  /** how long an idempotent answer is remembered */
  idempotencySeconds: 24 * 3600,
  /** the longest that a revoked key may still be let in: the authorizer's cache */
  authorizerCacheSeconds: 30,
  pageSize: 20,
  largestPage: 100,
  filenameCharacters: 255,
  /** keys of one workspace that are not revoked; an AWS account has 10,000 for all of them together */
  activeKeys: 100,
} as const;

/** Where media lives in the bucket. Keys are made of ids only, never of what a user typed. */
export const PREFIXES = { uploads: 'uploads/', derived: 'derived/' } as const;

export const API_PREFIX = '/api/v1';

/** What browsers are told, by the preflight mocks, the gateway's own errors and the functions alike. Keys travel in a header, never in a cookie, so any origin may ask. */
export const CORS = {
  allowedOrigin: '*',
  allowedHeaders: ['Content-Type', 'X-Api-Key', 'Idempotency-Key'],
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'Idempotent-Replayed'],
  maxAgeSeconds: 3600,
} as const;

/** `type` of a problem+json error is this and its stable code. */
export const PROBLEM_TYPE_PREFIX = 'urn:fettle:problem:';

/** Who may do what: a role includes those before it. */
export const ROLES = ['viewer', 'member', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The API functions; each serves the routes that name it. */
export type ApiFunction = 'jobs-api' | 'keys-api' | 'service-api' | 'models-api';

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** below API_PREFIX */
  readonly path: string;
  readonly servedBy: ApiFunction;
  /** the least role that may call it; 'public' needs no key */
  readonly role: Role | 'public';
};

/** Every operation of the API: gateway, handlers and OpenAPI document are all made from this table. */
export const ROUTES = {
  getHealth: { method: 'GET', path: '/health', servedBy: 'service-api', role: 'public' },
  getReady: { method: 'GET', path: '/ready', servedBy: 'models-api', role: 'public' },
  getOpenapi: { method: 'GET', path: '/openapi.json', servedBy: 'service-api', role: 'viewer' },
  listModels: { method: 'GET', path: '/models', servedBy: 'models-api', role: 'viewer' },
  createJob: { method: 'POST', path: '/jobs', servedBy: 'jobs-api', role: 'member' },
  listJobs: { method: 'GET', path: '/jobs', servedBy: 'jobs-api', role: 'viewer' },
  getJob: { method: 'GET', path: '/jobs/{jobId}', servedBy: 'jobs-api', role: 'viewer' },
  cancelJob: { method: 'DELETE', path: '/jobs/{jobId}', servedBy: 'jobs-api', role: 'member' },
  startJob: { method: 'POST', path: '/jobs/{jobId}/start', servedBy: 'jobs-api', role: 'member' },
  getDisplay: { method: 'GET', path: '/jobs/{jobId}/photos/{photoId}/display', servedBy: 'jobs-api', role: 'viewer' },
  getOverlay: { method: 'GET', path: '/jobs/{jobId}/photos/{photoId}/overlay', servedBy: 'jobs-api', role: 'viewer' },
  createKey: { method: 'POST', path: '/admin/keys', servedBy: 'keys-api', role: 'admin' },
  listKeys: { method: 'GET', path: '/admin/keys', servedBy: 'keys-api', role: 'admin' },
  revokeKey: { method: 'DELETE', path: '/admin/keys/{keyId}', servedBy: 'keys-api', role: 'admin' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

/**
 * Every way in which a request can be refused: its stable `code`, its HTTP status, and the title that never changes
 * from one occurrence to the next (RFC 9457). Handlers and the gateway answer with them; the API document lists them.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request is not what this operation expects' },
  invalid_json: { status: 400, title: 'The body is not JSON' },
  invalid_cursor: { status: 400, title: 'The cursor is not one that this list gave' },
  invalid_idempotency_key: { status: 400, title: 'The Idempotency-Key is not usable' },
  unauthorized: { status: 401, title: 'No valid API key' },
  forbidden: { status: 403, title: 'The API key may not do this' },
  not_found: { status: 404, title: 'Nothing here by this id' },
  job_finished: { status: 409, title: 'The job has already ended' },
  no_photos: { status: 409, title: 'No photo has arrived' },
  photo_not_ready: { status: 409, title: 'The photo has not been assessed yet' },
  photo_not_readable: { status: 409, title: 'The photo has no picture' },
  too_many_keys: { status: 409, title: 'The workspace has as many API keys as it may' },
  last_admin_key: { status: 409, title: 'This is the last admin key' },
  request_in_progress: { status: 409, title: 'A request with this Idempotency-Key is still running' },
  request_too_large: { status: 413, title: 'The body is too large' },
  unsupported_content_type: { status: 415, title: 'The body is of the wrong type' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for another request' },
  rate_limited: { status: 429, title: 'Too many requests at once' },
  quota_exceeded: { status: 429, title: 'No requests left for today' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not able to answer right now' },
  timed_out: { status: 504, title: 'The answer took too long' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Outputs of the stack, which the command line and the runbook look up by name. */
export const OUTPUTS = {
  apiUrl: 'ApiUrl',
  accessTable: 'AccessTable',
  usagePlan: 'UsagePlan',
  mediaBucket: 'MediaBucket',
  pagesTopic: 'PagesTopic',
  warningsTopic: 'WarningsTopic',
} as const;

/** The attributes that each index of either table is sorted into: rows without them are not in it. */
export const INDEX_KEYS = {
  newestFirst: { partition: 'workspaceId', sort: 'jobId' },
  unfinished: { partition: 'unfinishedShard', sort: 'deadlineAt' },
  byWorkspace: { partition: 'workspaceId', sort: 'keyId' },
} as const;

export type IndexName = keyof typeof INDEX_KEYS;

/**
 * How the partition keys of the access table begin. A function's role is held to its own: what remembers replies
 * cannot read or make an API key.
 */
export const ACCESS_PARTITIONS = { keys: 'KEY#', replies: 'IDEMPOTENCY#' } as const;

/** The jobs table's only partition that `GET /ready` may write and read. */
export const PROBE_PARTITION = 'PROBE#ready';

/** Partitions of the `unfinished` index, so that no single key takes every job's writes. */
export const UNFINISHED_SHARDS = 8;
