import { Construct } from 'constructs';
import { NodeFunction } from './blocks/node-function.ts';
import type { Serving } from './blocks/serving.ts';
import { StoreTable } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';
import { type Jobs, READ_POLICIES } from './jobs.ts';
import type { Workspaces } from './workspaces.ts';

export type ValuationsProps = Foundation & { readonly jobs: Jobs; readonly workspaces: Workspaces };

/** The table of comps, and the API of comps, valuations and grading advice. */
export class Valuations extends Construct {
  readonly serves: Serving<'valuations-api'>;

  constructor(scope: Construct, id: string, { jobs, workspaces, ...foundation }: ValuationsProps) {
    super(scope, id);
    const table = new StoreTable(this, 'CompsTable', { ...foundation, name: 'comps' });
    const api = new NodeFunction(this, 'ValuationsApi', {
      ...foundation,
      entry: 'valuation/valuations-api',
      // Reads titles in one thread: one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
    });
    table.grantUse(api.lambda, {
      actions: ['BatchGetItem', 'PutItem', 'UpdateItem', 'Query'],
      partitions: ['comp', 'title'],
    });
    jobs.table.grantUse(api.lambda, READ_POLICIES);
    workspaces.grantReplies(api.lambda);
    this.serves = { 'valuations-api': api };
  }
}
