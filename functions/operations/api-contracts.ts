import { JOBS_API } from '../jobs/jobs-contract.ts';
import { JOBS_EXAMPLES } from '../jobs/jobs-examples.ts';
import { PICTURES_API } from '../pipeline/pictures-contract.ts';
import { PICTURES_EXAMPLES } from '../pipeline/pictures-examples.ts';
import type { Contract, Examples } from '../platform/contract.ts';
import type { RouteName } from '../platform/names/routes.ts';
import { POLICIES_API } from '../policies/policies-contract.ts';
import { POLICIES_EXAMPLES } from '../policies/policies-examples.ts';
import { PREDICTIONS_API } from '../predictions/predictions-contract.ts';
import { PREDICTIONS_EXAMPLES } from '../predictions/predictions-examples.ts';
import { VALUATIONS_API } from '../valuation/valuations-contract.ts';
import { VALUATIONS_EXAMPLES } from '../valuation/valuations-examples.ts';
import { KEYS_API } from '../workspaces/keys-contract.ts';
import { KEYS_EXAMPLES } from '../workspaces/keys-examples.ts';
import { MODELS_API } from './models-contract.ts';
import { MODELS_EXAMPLES } from './models-examples.ts';
import { SERVICE_API } from './service-contract.ts';
import { SERVICE_EXAMPLES } from './service-examples.ts';

/** The contracts of the whole API, as its functions declare them. */
export const CONTRACTS = {
  ...SERVICE_API,
  ...MODELS_API,
  ...JOBS_API,
  ...PICTURES_API,
  ...PREDICTIONS_API,
  ...KEYS_API,
  ...POLICIES_API,
  ...VALUATIONS_API,
} as const satisfies Record<RouteName, Contract>;

/** One example for each operation. */
export const EXAMPLES = {
  ...SERVICE_EXAMPLES,
  ...MODELS_EXAMPLES,
  ...JOBS_EXAMPLES,
  ...PICTURES_EXAMPLES,
  ...PREDICTIONS_EXAMPLES,
  ...KEYS_EXAMPLES,
  ...POLICIES_EXAMPLES,
  ...VALUATIONS_EXAMPLES,
} satisfies Examples<typeof CONTRACTS>;
