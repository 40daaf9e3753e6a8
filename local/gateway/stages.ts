import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { checkVariables } from './context-variables.ts';
import { type MethodSetting, StageProperties } from './rest-api-properties.ts';
import type { RoutePattern } from './routing.ts';
import type { Throttle } from './token-bucket.ts';

/** A stage of an API: the first segment of its URLs. */
export type Stage = {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: { readonly [name: string]: string } | null;
  readonly settings: readonly MethodSetting[];
  readonly accessLog?: { readonly format: string; readonly logGroupArn: string };
};

/** The stages of an API. @throws CannotRunError when it has none */
export function readStages(template: Template, restApiId: string): readonly Stage[] {
  const stages = resourcesOf(template, 'AWS::ApiGateway::Stage').flatMap((resource): Stage[] => {
    const stage = readProperties(resource, StageProperties);
    if (stage.RestApiId !== restApiId) return [];
    const { Format: format, DestinationArn: logGroupArn } = stage.AccessLogSetting ?? {};
    if (format) checkVariables(format, `${resource.logicalId} (${resource.type}) Properties.AccessLogSetting.Format`);
    return [
      {
        name: stage.StageName,
        deploymentId: stage.DeploymentId,
        variables: stage.Variables ?? null,
        settings: stage.MethodSettings,
        ...(format && logGroupArn && { accessLog: { format, logGroupArn } }),
      },
    ];
  });
  if (stages.length === 0) throw cannotRun(restApiId, 'the REST API has no stage');
  return stages;
}

/** The stage's setting for a method: its own, else that of the whole stage. */
export function settingOf({ settings }: Stage, { resourcePath, method }: RoutePattern): MethodSetting | undefined {
  // Settings escape the slashes of a path as ~1, as in JSON pointers.
  const decoded = settings.map((setting) => ({
    setting,
    path: setting.ResourcePath.replaceAll('~1', '/').replace(/^\/\//, '/'),
  }));
  const named = decoded.find(({ path, setting }) => path === resourcePath && setting.HttpMethod === method);
  const whole = decoded.find(({ path, setting }) => path === '/*' && setting.HttpMethod === '*');
  return (named ?? whole)?.setting;
}

/** The stage's throttle of a method, for all callers together; undefined when it has none. */
export function stageThrottle(stage: Stage, route: RoutePattern): Throttle | undefined {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settingOf(stage, route) ?? {};
  return rate === undefined || burst === undefined ? undefined : { rate, burst };
}
