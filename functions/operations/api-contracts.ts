import { CANCEL_JOB, CREATE_JOB, GET_JOB, LIST_JOBS, START_JOB } from '../jobs/jobs-contract.ts';
import { GET_DISPLAY, GET_OVERLAY } from '../pipeline/pictures-contract.ts';
import type { Contract } from '../platform/contract.ts';
import type { RouteName } from '../platform/names/routes.ts';
import { CREATE_KEY, LIST_KEYS, REVOKE_KEY } from '../workspaces/keys-contract.ts';
import { GET_HEALTH, GET_OPENAPI, GET_READY, LIST_MODELS } from './service-contract.ts';

/** What every operation takes and gives. */
export const CONTRACTS = {
  getHealth: GET_HEALTH,
  getReady: GET_READY,
  getOpenapi: GET_OPENAPI,
  listModels: LIST_MODELS,
  createJob: CREATE_JOB,
  listJobs: LIST_JOBS,
  getJob: GET_JOB,
  cancelJob: CANCEL_JOB,
  startJob: START_JOB,
  getDisplay: GET_DISPLAY,
  getOverlay: GET_OVERLAY,
  createKey: CREATE_KEY,
  listKeys: LIST_KEYS,
  revokeKey: REVOKE_KEY,
} as const satisfies Record<RouteName, Contract>;
