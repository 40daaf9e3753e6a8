import { viewOfModel } from '../condition/model-card.ts';
import { QUESTIONS } from '../condition/model-outputs.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { reportFailure } from '../platform/observability.ts';
import { admit } from '../platform/request-limits-store.ts';
import { loadedModels } from './loaded-models-runtime.ts';
import { type CheckResult, MODELS_API, type Readiness } from './models-contract.ts';
import { CACHED_FOR_MILLISECONDS, readinessOf, statusOf } from './readiness.ts';
import { probeBucket, probeQueue, probeTable } from './readiness-store.ts';

export const handler = httpHandler(
  MODELS_API,
  {
    getReady: async ({ now }) => {
      const reply = await sharedLook(now.getTime());
      return { status: statusOf(reply), reply };
    },

    listModels: async () => {
      const models = await loadedModels();
      const inUse = [...Map.groupBy(QUESTIONS, (question) => models[question])];
      return { models: inUse.map(([{ card }, usedFor]) => viewOfModel(card, usedFor)) };
    },
  },
  { admit },
);

let looked: { readonly atMs: number; readonly readiness: Promise<Readiness> } | undefined;

/** The cached readiness, renewed after CACHED_FOR_MILLISECONDS. */
function sharedLook(atMs: number): Promise<Readiness> {
  if (!looked || atMs - looked.atMs > CACHED_FOR_MILLISECONDS) looked = { atMs, readiness: look() };
  return looked.readiness;
}

async function look(): Promise<Readiness> {
  const [table, bucket, queue, models] = await Promise.all([
    check('table', probeTable),
    check('bucket', probeBucket),
    check('queue', probeQueue),
    check('models', loadedModels),
  ]);
  return readinessOf({ table, bucket, queue, models });
}

/** The response shows whether a check failed; the reason is in the log only, because the route is public. */
async function check(name: string, probe: () => Promise<unknown>): Promise<CheckResult> {
  const startedMs = performance.now();
  const status = await probe().then(
    () => 'ok' as const,
    (error: unknown) => {
      reportFailure('Not ready', { check: name, error });
      return 'failed' as const;
    },
  );
  return { status, durationMs: Math.round(performance.now() - startedMs) };
}
