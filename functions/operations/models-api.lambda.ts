import { viewOfModel } from '../condition/model-card.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { log } from '../platform/observability.ts';
import { operation, publicOperation } from '../platform/operation.ts';
import { loadedModels } from './loaded-models-runtime.ts';
import { readinessOf, SAME_ANSWER_MILLISECONDS, statusOf } from './readiness.ts';
import { probeBucket, probeQueue, probeTable } from './readiness-store.ts';
import { type CheckResult, GET_READY, LIST_MODELS, type Readiness } from './service-contract.ts';

let looked: { readonly atMs: number; readonly readiness: Promise<Readiness> } | undefined;

const ready = publicOperation(GET_READY, async () => {
  const atMs = Date.now();
  if (!looked || atMs - looked.atMs > SAME_ANSWER_MILLISECONDS) looked = { atMs, readiness: look() };
  const reply = await looked.readiness;
  return { status: statusOf(reply), reply };
});

async function look(): Promise<Readiness> {
  const [table, bucket, queue, models] = await Promise.all([
    check('table', probeTable),
    check('bucket', probeBucket),
    check('queue', probeQueue),
    check('models', loadedModels),
  ]);
  return readinessOf({ table, bucket, queue, models });
}

/** Strangers see that a check failed; why is for the log. */
async function check(name: string, probe: () => Promise<unknown>): Promise<CheckResult> {
  const startedMs = performance.now();
  const status = await probe().then(
    () => 'ok' as const,
    (error: unknown) => {
      log.error('Not ready', { check: name, error: error instanceof Error ? error : String(error) });
      return 'failed' as const;
    },
  );
  return { status, durationMs: Math.round(performance.now() - startedMs) };
}

const list = operation(LIST_MODELS, async () => {
  const models = Object.values(await loadedModels());
  return { models: models.map(({ card }) => viewOfModel(card)) };
});

export const handler = httpHandler({ getReady: ready, listModels: list });
