import { Construct } from 'constructs';
import { NodeFunction } from './blocks/node-function.ts';
import type { Serving } from './blocks/serving.ts';
import type { Foundation } from './foundation.ts';
import { type Jobs, READ_POLICIES } from './jobs.ts';

export type PoliciesProps = Foundation & { readonly jobs: Jobs };

/** The API of policies: the only function that writes them. */
export class Policies extends Construct {
  readonly serves: Serving<'policies-api'>;

  constructor(scope: Construct, id: string, { jobs, ...foundation }: PoliciesProps) {
    super(scope, id);
    const api = new NodeFunction(this, 'PoliciesApi', {
      ...foundation,
      entry: 'policies/policies-api',
      // A preview recomputes a hundred jobs in one thread: one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
    });
    jobs.table.grantUse(api.lambda, READ_POLICIES);
    jobs.table.grantUse(api.lambda, { actions: ['GetItem', 'PutItem'], partitions: ['policies'] });
    jobs.table.grantUse(api.lambda, { actions: ['Query'], queries: ['newestFirst'], partitions: ['job'] });
    this.serves = { 'policies-api': api };
  }
}
