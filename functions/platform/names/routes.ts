import type { Role } from './roles.ts';

export const API_PREFIX = '/api/v1';

/** The API functions; each serves its routes in ROUTES. */
export type ApiFunction =
  | 'jobs-api'
  | 'pictures-api'
  | 'keys-api'
  | 'policies-api'
  | 'predictions-api'
  | 'service-api'
  | 'models-api'
  | 'valuations-api';

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** below API_PREFIX */
  readonly path: string;
  readonly servedBy: ApiFunction;
  /** the lowest role that may call it; 'public' needs no key */
  readonly role: Role | 'public';
};

/** Every operation of the API, for gateway, handlers and OpenAPI document. */
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
  getDisplay: {
    method: 'GET',
    path: '/jobs/{jobId}/photos/{photoId}/display',
    servedBy: 'pictures-api',
    role: 'viewer',
  },
  getOverlay: {
    method: 'GET',
    path: '/jobs/{jobId}/photos/{photoId}/overlay',
    servedBy: 'pictures-api',
    role: 'viewer',
  },
  predictVehicles: { method: 'POST', path: '/predictions/vehicle', servedBy: 'predictions-api', role: 'viewer' },
  predictHouses: { method: 'POST', path: '/predictions/house', servedBy: 'predictions-api', role: 'viewer' },
  listPriceModels: { method: 'GET', path: '/predictions/models', servedBy: 'predictions-api', role: 'viewer' },
  createKey: { method: 'POST', path: '/admin/keys', servedBy: 'keys-api', role: 'admin' },
  listKeys: { method: 'GET', path: '/admin/keys', servedBy: 'keys-api', role: 'admin' },
  revokeKey: { method: 'DELETE', path: '/admin/keys/{keyId}', servedBy: 'keys-api', role: 'admin' },
  listPolicies: { method: 'GET', path: '/policies', servedBy: 'policies-api', role: 'viewer' },
  getPolicy: { method: 'GET', path: '/policies/{name}', servedBy: 'policies-api', role: 'viewer' },
  getPolicyVersion: {
    method: 'GET',
    path: '/policies/{name}/versions/{version}',
    servedBy: 'policies-api',
    role: 'viewer',
  },
  replacePolicy: { method: 'PUT', path: '/policies/{name}', servedBy: 'policies-api', role: 'admin' },
  previewPolicy: { method: 'POST', path: '/policies/{name}/preview', servedBy: 'policies-api', role: 'admin' },
  rollBackPolicy: { method: 'POST', path: '/policies/{name}/rollback', servedBy: 'policies-api', role: 'admin' },
  tryPolicy: { method: 'POST', path: '/policies/{name}/trial', servedBy: 'policies-api', role: 'admin' },
  promotePolicy: { method: 'POST', path: '/policies/{name}/trial/promote', servedBy: 'policies-api', role: 'admin' },
  endPolicyTrial: { method: 'POST', path: '/policies/{name}/trial/end', servedBy: 'policies-api', role: 'admin' },
  addComps: { method: 'POST', path: '/comps', servedBy: 'valuations-api', role: 'member' },
  listComps: { method: 'GET', path: '/comps', servedBy: 'valuations-api', role: 'viewer' },
  createCompsUpload: { method: 'POST', path: '/comps/uploads', servedBy: 'valuations-api', role: 'member' },
  getCompsUpload: { method: 'GET', path: '/comps/uploads/{uploadId}', servedBy: 'valuations-api', role: 'viewer' },
  decideOnComp: { method: 'POST', path: '/comps/{compId}/decision', servedBy: 'valuations-api', role: 'member' },
  valueThing: { method: 'POST', path: '/valuations', servedBy: 'valuations-api', role: 'viewer' },
  adviseOnGrading: { method: 'POST', path: '/grading-advice', servedBy: 'valuations-api', role: 'viewer' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
