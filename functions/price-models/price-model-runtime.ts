import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelError } from '../condition/model-error.ts';
import { modelsFolder } from '../condition/models-folder-runtime.ts';
import { sha256 } from '../platform/sha256.ts';
import { selectRows } from './boosting/feature-matrix.ts';
import { prepareShap, type ShapTree } from './boosting/tree-shap.ts';
import { estimateOf } from './estimate.ts';
import { explainEstimate } from './explain.ts';
import { PLANS } from './feature-plans.ts';
import { buildMatrix } from './features/learn-features.ts';
import { INPUT_NAME, OUTPUT_NAME } from './onnx/onnx-fields.ts';
import { readMetadata, readTreeModel } from './onnx/tree-model.ts';
import type { PriceFacts, PriceKind } from './price-facts.ts';
import { PriceModelCard } from './price-model-card.ts';
import { PriceModelSchema, SCHEMA_ENTRY } from './price-model-schema.ts';
import type { Estimate } from './price-prediction.ts';

// Disables onnxruntime's telemetry to Microsoft (on by default since 1.29); must be set before the first session.
process.env.ORT_DISABLE_TELEMETRY = '1';

const MODEL_FILE = 'model.onnx';
const CARD_FILE = 'card.json';

export type PriceModel = {
  readonly name: string;
  readonly kind: PriceKind;
  readonly card: PriceModelCard;
  readonly schema: PriceModelSchema;
  readonly session: InferenceSession;
  /** each member's trees, which explain predictions; read from the file at the first call */
  readonly members: () => readonly (readonly ShapTree[])[];
};

/**
 * Every model of a folder, by name, each checked and run once.
 *
 * @param folder default: `prices` in the folder of models
 * @throws ModelError, one sentence, when a model is wrong or two have the same name
 */
export async function loadPriceModels(
  folder: string = join(modelsFolder(), 'prices'),
): Promise<ReadonlyMap<string, PriceModel>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new ModelError(folder, `the folder of price models cannot be read (${error.message})`);
  });
  const places = entries.map(({ name }) => join(folder, name)).filter((place) => existsSync(join(place, CARD_FILE)));
  const models = new Map<string, PriceModel>();
  for (const place of places.toSorted()) {
    const model = await loadPriceModel(place);
    if (models.has(model.name)) throw new ModelError(place, `another model has the name "${model.name}", too`);
    models.set(model.name, model);
  }
  return models;
}

/** Loads a model, checks it against its card and this version's features, and runs it once. @throws ModelError */
export async function loadPriceModel(folder: string): Promise<PriceModel> {
  const card = await readCard(folder);
  const bytes = await readFile(join(folder, MODEL_FILE)).catch((error: Error) => {
    throw new ModelError(folder, `${MODEL_FILE} cannot be read (${error.message})`);
  });
  if (sha256(bytes) !== card.sha256) {
    throw new ModelError(folder, `${MODEL_FILE} is not the file that ${CARD_FILE} describes: their SHA-256 differ`);
  }
  const schema = readSchema(folder, bytes);
  if (schema.name !== card.name || schema.version !== card.version) {
    throw new ModelError(
      folder,
      `${CARD_FILE} is of ${card.name} ${card.version}, the model of ${schema.name} ${schema.version}`,
    );
  }
  const session = await openSession(folder, bytes);
  const model = { name: card.name, kind: card.kind, card, schema, session, members: memberReader(bytes, schema) };
  await predictPrices(model, [{}]);
  return model;
}

function memberReader(bytes: Uint8Array, { members }: PriceModelSchema): PriceModel['members'] {
  let read: readonly (readonly ShapTree[])[] | undefined;
  return () => {
    read ??= readTreeModel(bytes)
      .ensembles.slice(0, members)
      .map(({ trees }) => prepareShap(trees));
    return read;
  };
}

/** Rows per run of the network: more would only need more memory. */
const BATCH_ROWS = 2048;

/**
 * An estimate for each row, in their order.
 *
 * @param rows facts that the schema of the model's kind in FACTS has accepted
 * @param explain whether each has its contributions, which take many times as long as the rest
 */
export async function predictPrices(
  model: PriceModel,
  rows: readonly PriceFacts[],
  { explain = false }: { readonly explain?: boolean } = {},
): Promise<Estimate[]> {
  const { schema, session } = model;
  const estimates: Estimate[] = [];
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = rows.slice(start, start + BATCH_ROWS);
    const matrix = buildMatrix(PLANS[schema.plan], batch, schema.learnt);
    const { [OUTPUT_NAME]: output } = await session.run({
      [INPUT_NAME]: new Tensor('float32', matrix.values, [matrix.rows, matrix.features]),
    });
    const columns = schema.members + 2;
    const values = output?.data;
    if (!(values instanceof Float32Array) || values.length !== batch.length * columns) {
      throw new ModelError(model.name, `expected ${columns} numbers per row from the model`);
    }
    batch.forEach((facts, at) => {
      const estimate = estimateOf(schema, facts, Array.from(values.subarray(at * columns, (at + 1) * columns)));
      const explained = () => explainEstimate(schema, model.members(), facts, selectRows(matrix, [at]), estimate);
      estimates.push(explain ? explained() : estimate);
    });
  }
  return estimates;
}

async function readCard(folder: string): Promise<PriceModelCard> {
  const text = await readFile(join(folder, CARD_FILE), 'utf8').catch((error: Error) => {
    throw new ModelError(folder, `${CARD_FILE} cannot be read (${error.message})`);
  });
  const card = PriceModelCard.safeParse(parseJson(folder, CARD_FILE, text));
  if (card.success) return card.data;
  const [issue] = card.error.issues;
  throw new ModelError(folder, `${CARD_FILE} is wrong at ${issue?.path.join('.') || 'the top'}: ${issue?.message}`);
}

/** What the model file knows besides its trees; its features must be those of this version. */
function readSchema(folder: string, bytes: Uint8Array): PriceModelSchema {
  const text = readEntry(folder, bytes);
  if (text === undefined) throw new ModelError(folder, `${MODEL_FILE} has no metadata "${SCHEMA_ENTRY}"`);
  const parsed = PriceModelSchema.safeParse(parseJson(folder, SCHEMA_ENTRY, text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ModelError(folder, `its ${SCHEMA_ENTRY} is wrong at ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const expected = PLANS[parsed.data.plan].features.map(({ name }) => name);
  const other = parsed.data.features.find((name, at) => name !== expected[at]);
  if (other !== undefined || parsed.data.features.length !== expected.length) {
    throw new ModelError(folder, `it was trained with other features (${other ?? 'another number'}): train it again`);
  }
  return parsed.data;
}

function readEntry(folder: string, bytes: Uint8Array): string | undefined {
  try {
    return readMetadata(bytes)[SCHEMA_ENTRY];
  } catch (error) {
    throw new ModelError(folder, `${MODEL_FILE} is no ONNX file (${error instanceof Error ? error.message : error})`);
  }
}

function openSession(folder: string, bytes: Uint8Array): Promise<InferenceSession> {
  // One thread: rows of a request are few, and a batch runs beside others.
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Errors are thrown; do not also print them.
    logSeverityLevel: 4,
  };
  return InferenceSession.create(bytes, options).catch((error: Error) => {
    throw new ModelError(folder, `${MODEL_FILE} cannot be loaded (${error.message})`);
  });
}

function parseJson(folder: string, what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelError(folder, `${what} is not JSON (${error instanceof Error ? error.message : error})`);
  }
}
