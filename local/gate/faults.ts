import type { Refusal, ServiceName } from './refusal.ts';

/** An injected fault of a service, for tests. */
export type Fault = {
  readonly service: ServiceName;
  /** e.g. `dynamodb:PutItem`; default: every action */
  readonly action?: string;
  /** a substring of the resource's ARN, e.g. a table's name; default: every resource */
  readonly resource?: string;
  /** number of requests that it affects */
  readonly times: number;
  /** the error response; default: the service's normal response */
  readonly refusal?: Refusal;
  /** awaited before the response */
  readonly meanwhile?: () => void | Promise<void>;
};

/** Pending faults. Of several matching faults the oldest applies. */
export type Faults = {
  readonly add: (fault: Fault) => void;
  /** the next `times` requests to a table (or its indexes) are throttled */
  readonly throttleTable: (tableName: string, times: number, action?: string) => void;
  /** the next `times` requests to a service answer 500 (S3: 503 SlowDown) */
  readonly failService: (service: ServiceName, times: number, action?: string) => void;
  readonly clear: () => void;
  /** Applies the pending fault that matches this request, if any. */
  readonly take: (service: ServiceName, action: string, resource: string) => Promise<Refusal | undefined>;
};

const THROTTLED: Refusal = {
  statusCode: 400,
  code: 'ProvisionedThroughputExceededException',
  message:
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
};
const FAILED: Refusal = { statusCode: 500, code: 'InternalServerError', message: 'Internal server error' };
const SLOW_DOWN: Refusal = { statusCode: 503, code: 'SlowDown', message: 'Please reduce your request rate.' };

/** An empty list of faults. */
export function createFaults(): Faults {
  const pending: { fault: Fault; left: number }[] = [];
  const add = (fault: Fault) => {
    pending.push({ fault, left: fault.times });
  };
  return {
    add,
    throttleTable: (tableName, times, action) =>
      add({
        service: 'dynamodb',
        resource: `:table/${tableName}`,
        times,
        refusal: THROTTLED,
        ...(action && { action }),
      }),
    failService: (service, times, action) =>
      add({ service, times, refusal: service === 's3' ? SLOW_DOWN : FAILED, ...(action && { action }) }),
    clear: () => {
      pending.length = 0;
    },
    take: async (service, action, resource) => {
      const met = pending.find(({ fault, left }) => left > 0 && meets(fault, service, action, resource));
      if (met === undefined) return undefined;
      met.left--;
      await met.fault.meanwhile?.();
      return met.fault.refusal;
    },
  };
}

function meets(fault: Fault, service: ServiceName, action: string, resource: string): boolean {
  if (fault.service !== service || (fault.action ?? action) !== action) return false;
  return fault.resource === undefined || resource.includes(fault.resource);
}
