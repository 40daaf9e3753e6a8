import { join } from 'node:path';
import { z } from 'zod';
import { readProperties } from '../read-properties.ts';
import { readSavedJson, saveJson } from '../saved-json.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import type { ApiKey } from './api-keys.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import type { RoutedRequest } from './gateway-request.ts';
import { periodStart, type Quota } from './quota-period.ts';
import { UsagePlanProperties } from './rest-api-properties.ts';
import type { RoutePattern } from './routing.ts';
import type { Throttles } from './throttles.ts';
import type { Throttle } from './token-bucket.ts';

/** Throttle and quota of each key of a plan, for the plan's stages. */
export type UsagePlan = {
  readonly id: string;
  readonly stages: readonly {
    readonly apiId: string;
    readonly stage: string;
    /** by `/resource/path/METHOD` */
    readonly throttles: ReadonlyMap<string, Throttle>;
  }[];
  readonly throttle?: Throttle;
  readonly quota?: Quota;
};

type Limited = z.infer<typeof UsagePlanProperties>['Throttle'];

export function readUsagePlans(template: Template): readonly UsagePlan[] {
  return resourcesOf(template, 'AWS::ApiGateway::UsagePlan').map((resource) => {
    const { ApiStages, Throttle: throttle, Quota: quota } = readProperties(resource, UsagePlanProperties);
    return {
      id: resource.physicalId,
      stages: ApiStages.map(({ ApiId, Stage, Throttle: throttles }) => ({
        apiId: ApiId,
        stage: Stage,
        throttles: new Map(Object.entries(throttles).map(([path, limited]) => [path, throttleOf(limited)])),
      })),
      ...(throttle && { throttle: throttleOf(throttle) }),
      ...(quota && { quota: { limit: quota.Limit, period: quota.Period } }),
    };
  });
}

const throttleOf = ({ RateLimit, BurstLimit }: NonNullable<Limited>): Throttle => ({
  rate: RateLimit,
  burst: BurstLimit,
});

const Saved = z.record(z.string(), z.strictObject({ since: z.string(), used: z.number() }));
/** Interval at which request counts are saved. A crash loses the last ones; quotas are best effort on AWS, too. */
const SAVE_AFTER_MS = 1000;

/** Counts requests against quotas; counts survive a restart. */
export type Quotas = {
  /** Counts one more request of a key in a plan; false when the period's quota is exceeded. */
  readonly take: (planId: string, keyId: string, quota: Quota) => boolean;
  /** saves unsaved counts */
  readonly close: () => void;
};

export function openQuotas(dataDir: string, nowMs: () => number): Quotas {
  const path = join(dataDir, 'api-usage.json');
  const counts = new Map(Object.entries(readSavedJson(path, Saved) ?? {}));
  let pending: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(pending);
    pending = undefined;
    saveJson(path, Object.fromEntries(counts));
  };
  return {
    take: (planId, keyId, { limit, period }) => {
      const since = periodStart(period, nowMs());
      const name = `${planId}/${keyId}`;
      const count = counts.get(name);
      const used = count?.since === since ? count.used : 0;
      if (used >= limit) return false;
      counts.set(name, { since, used: used + 1 });
      pending ??= setTimeout(save, SAVE_AFTER_MS).unref();
      return true;
    },
    close: () => {
      if (pending) save();
    },
  };
}

/** The error of a call with this key, or undefined. An unknown or disabled key, or one in no plan of the stage, is invalid. */
export function refusedByPlan(
  plans: readonly UsagePlan[],
  key: ApiKey | undefined,
  { apiId, request }: { readonly apiId: string; readonly request: RoutedRequest },
  { throttles, quotas }: { readonly throttles: Throttles; readonly quotas: Quotas },
): GatewayError | undefined {
  if (!key?.enabled) return gatewayError('INVALID_API_KEY');
  const plan = plans.find(({ id, stages }) => key.plans.has(id) && stageOf(stages, apiId, request));
  if (plan === undefined) return gatewayError('INVALID_API_KEY');
  const limits = planLimits(plan, apiId, request).map(({ name, throttle }) => ({ key: `${name}/${key.id}`, throttle }));
  if (!throttles.take(limits)) return gatewayError('THROTTLED');
  return plan.quota && !quotas.take(plan.id, key.id, plan.quota) ? gatewayError('QUOTA_EXCEEDED') : undefined;
}

function stageOf(stages: UsagePlan['stages'], apiId: string, { stage }: Pick<RoutedRequest, 'stage'>) {
  return stages.find((one) => one.apiId === apiId && one.stage === stage.name);
}

/** The plan's throttle for the method, else for the whole plan. */
function planLimits(plan: UsagePlan, apiId: string, request: { readonly route: RoutePattern } & RoutedRequest) {
  const method = `${request.route.resourcePath}/${request.route.method}`;
  const own = stageOf(plan.stages, apiId, request)?.throttles.get(method);
  if (own) return [{ name: `${plan.id}${method}`, throttle: own }];
  return plan.throttle ? [{ name: plan.id, throttle: plan.throttle }] : [];
}
