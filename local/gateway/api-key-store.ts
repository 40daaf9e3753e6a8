import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readProperties } from '../read-properties.ts';
import { readSavedJson, saveJson } from '../saved-json.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { ApiKeyProperties, UsagePlanKeyProperties } from './rest-api-properties.ts';

const ApiKey = z.strictObject({
  id: z.string(),
  value: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  enabled: z.boolean(),
  createdMs: z.number(),
  updatedMs: z.number(),
});
export type ApiKey = z.infer<typeof ApiKey>;

const Saved = z.strictObject({
  keys: z.record(z.string(), ApiKey),
  /** ids of keys by usage plan */
  plans: z.record(z.string(), z.array(z.string())),
  /** keys of the template that were ever created; a deleted one is not created again */
  fromTemplate: z.array(z.string()),
});

/** API Gateway's keys and their usage plans. Every change is on disk before it takes effect. */
export type ApiKeyStore = {
  readonly all: () => readonly ApiKey[];
  readonly get: (id: string) => ApiKey | undefined;
  readonly byValue: (value: string) => ApiKey | undefined;
  readonly put: (key: ApiKey) => void;
  /** also removes it from its usage plans */
  readonly delete: (id: string) => void;
  readonly planKeys: (planId: string) => readonly string[];
  readonly isInPlan: (planId: string, keyId: string) => boolean;
  readonly addToPlan: (planId: string, keyId: string) => void;
  readonly removeFromPlan: (planId: string, keyId: string) => void;
};

/** The keys in memory, and how they are saved. */
type Records = {
  readonly keys: Map<string, ApiKey>;
  /** ids by value */
  readonly byValue: Map<string, string>;
  readonly plans: Map<string, Set<string>>;
  readonly fromTemplate: Set<string>;
  readonly save: () => void;
};

/** Opens the keys in a data directory and adds the template's. */
export function openApiKeys(template: Template, dataDir: string, nowMs: () => number): ApiKeyStore {
  const records = readRecords(join(dataDir, 'api-keys.json'));
  const store = storeOf(records);
  makeTemplateKeys(template, store, records.fromTemplate, nowMs());
  records.save();
  return store;
}

function readRecords(path: string): Records {
  const saved = readSavedJson(path, Saved) ?? { keys: {}, plans: {}, fromTemplate: [] };
  const keys = new Map(Object.entries(saved.keys));
  const plans = new Map(Object.entries(saved.plans).map(([plan, ids]) => [plan, new Set(ids)]));
  const fromTemplate = new Set(saved.fromTemplate);
  const byValue = new Map([...keys.values()].map((key) => [key.value, key.id]));
  const save = () =>
    saveJson(path, {
      keys: Object.fromEntries(keys),
      plans: Object.fromEntries([...plans].map(([plan, ids]) => [plan, [...ids]])),
      fromTemplate: [...fromTemplate],
    });
  return { keys, byValue, plans, fromTemplate, save };
}

function storeOf({ keys, byValue, plans, save }: Records): ApiKeyStore {
  return {
    all: () => [...keys.values()],
    get: (id) => keys.get(id),
    byValue: (value) => keys.get(byValue.get(value) ?? ''),
    put: (key) => {
      keys.set(key.id, key);
      byValue.set(key.value, key.id);
      save();
    },
    delete: (id) => {
      byValue.delete(keys.get(id)?.value ?? '');
      keys.delete(id);
      for (const ids of plans.values()) ids.delete(id);
      save();
    },
    planKeys: (planId) => [...(plans.get(planId) ?? [])],
    isInPlan: (planId, keyId) => plans.get(planId)?.has(keyId) === true,
    addToPlan: (planId, keyId) => {
      plans.set(planId, (plans.get(planId) ?? new Set()).add(keyId));
      save();
    },
    removeFromPlan: (planId, keyId) => {
      plans.get(planId)?.delete(keyId);
      save();
    },
  };
}

/** A random key value in API Gateway's format: 40 letters and digits. */
export function newKeyValue(): string {
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  // Rejection sampling: 62 of 64 values are used, so that every character is equally likely.
  let value = '';
  while (value.length < 40) for (const byte of randomBytes(40)) value += LETTERS[byte & 63] ?? '';
  return value.slice(0, 40);
}

function makeTemplateKeys(template: Template, store: ApiKeyStore, fromTemplate: Set<string>, nowMs: number): void {
  for (const resource of resourcesOf(template, 'AWS::ApiGateway::ApiKey')) {
    const id = resource.physicalId;
    if (fromTemplate.has(id)) continue;
    const { Name, Value, Enabled } = readProperties(resource, ApiKeyProperties);
    const named = Name === undefined ? {} : { name: Name };
    fromTemplate.add(id);
    store.put({ id, value: Value ?? newKeyValue(), enabled: Enabled, createdMs: nowMs, updatedMs: nowMs, ...named });
  }
  for (const resource of resourcesOf(template, 'AWS::ApiGateway::UsagePlanKey')) {
    if (fromTemplate.has(resource.physicalId)) continue;
    const { KeyId, UsagePlanId } = readProperties(resource, UsagePlanKeyProperties);
    fromTemplate.add(resource.physicalId);
    store.addToPlan(UsagePlanId, KeyId);
  }
}
