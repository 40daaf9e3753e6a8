import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { ApiKeyProperties, UsagePlanKeyProperties } from './rest-api-properties.ts';

/** One of API Gateway's keys. */
export type ApiKey = {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
  /** ids of its usage plans */
  readonly plans: ReadonlySet<string>;
};

/** The keys of the template, by value. */
export type ApiKeys = ReadonlyMap<string, ApiKey>;

/** @throws CannotRunError for two keys with one value, which API Gateway refuses */
export function readApiKeys(template: Template): ApiKeys {
  const members = resourcesOf(template, 'AWS::ApiGateway::UsagePlanKey').map((resource) =>
    readProperties(resource, UsagePlanKeyProperties),
  );
  const keys = new Map<string, ApiKey>();
  for (const resource of resourcesOf(template, 'AWS::ApiGateway::ApiKey')) {
    const { Value: value, Enabled: enabled } = readProperties(resource, ApiKeyProperties);
    const id = resource.physicalId;
    if (keys.has(value)) throw cannotRun(`${resource.logicalId} Properties.Value`, 'is the value of another key');
    const plans = members.filter(({ KeyId }) => KeyId === id).map(({ UsagePlanId }) => UsagePlanId);
    keys.set(value, { id, value, enabled, plans: new Set(plans) });
  }
  return keys;
}
