import { describe, expect, it } from 'vitest';
import { WorkspaceId } from '../../../functions/platform/ids.ts';
import { GATEWAY_KEYS, gatewayKeyValue } from '../../../functions/platform/names/api-keys.ts';
import { ENVIRONMENT_NAMES } from '../../../functions/platform/names/environments.ts';
import { gatewayKeyOf } from '../../../functions/workspaces/gateway-key.ts';

const values = Array.from({ length: GATEWAY_KEYS }, (_, index) => gatewayKeyValue('dev', index));

describe('gatewayKeyOf', () => {
  it('is always the same for a workspace', () => {
    const workspaceId = WorkspaceId.parse('acme');
    expect(gatewayKeyOf('dev', workspaceId)).toBe(gatewayKeyOf('dev', workspaceId));
  });

  it('is one of the keys of the template, each for about as many workspaces', () => {
    const counts = new Map(values.map((value) => [value, 0]));
    for (let index = 0; index < 8000; index += 1) {
      const value = gatewayKeyOf('dev', WorkspaceId.parse(`workspace-${index}`));
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()]).toEqual(values);
    expect([...counts.values()].every((count) => count > 800 && count < 1200)).toBe(true);
  });
});

describe('gatewayKeyValue', () => {
  it('is what API Gateway accepts, and differs between environments', () => {
    const all = ENVIRONMENT_NAMES.flatMap((name) => values.map((_, index) => gatewayKeyValue(name, index)));
    expect(all.filter((value) => !/^[0-9A-Za-z]{20,128}$/.test(value))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });
});
