import { Duration, NestedStack } from 'aws-cdk-lib';
import {
  AuthorizationType,
  CfnApiKey,
  CfnUsagePlanKey,
  IdentitySource,
  Integration,
  IntegrationType,
  type IRestApi,
  type MethodOptions,
  Period,
  TokenAuthorizer,
  UsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { API_KEY_HEADER, GATEWAY_KEYS, gatewayKeyValue, secretPattern } from '../functions/platform/names/api-keys.ts';
import { stackNameOf } from '../functions/platform/names/environments.ts';
import { LIMITS } from '../functions/platform/names/limits.ts';
import { API_PREFIX, type ApiFunction, ROUTES, type Route } from '../functions/platform/names/routes.ts';
import { STATISTIC } from './blocks/alarm-board.ts';
import { addOutput } from './blocks/output.ts';
import { RestApi, STAGE } from './blocks/rest-api.ts';
import type { Serving, ServingFunction } from './blocks/serving.ts';
import type { Foundation } from './foundation.ts';
import type { Workspaces } from './workspaces.ts';

export type ApiProps = Foundation & {
  readonly workspaces: Workspaces;
  /** the API functions of all capabilities */
  readonly functions: Serving<ApiFunction>;
};

/** Routes that need no key are throttled for all callers together. */
const PUBLIC_LIMITS = { throttlingRateLimit: 10, throttlingBurstLimit: 20 } as const;

/**
 * The gateway's limits are the outer bound, for all keys of the workspaces that share one of its keys: as much as so many keys
 * at the rate that a key may have. The stage allows twice as much.
 */
const KEYS_AT_FULL_RATE = 5;

const ALL_ROUTES: readonly Route[] = Object.values(ROUTES);

const isPublic = ({ role }: Route): boolean => role === 'public';

/**
 * The HTTPS API: every route of ROUTES, its role and its throttle.
 *
 * A nested stack, because a stack holds 500 resources at most, and each route is three or four of them.
 */
export class Api extends NestedStack {
  private readonly api: RestApi;

  constructor(scope: Construct, id: string, { workspaces, functions, ...foundation }: ApiProps) {
    super(scope, id, { description: `Fettle's HTTPS API (${foundation.environment.name})` });
    this.api = this.restApi(foundation);
    this.addRoutes(functions, this.authorizer(workspaces, foundation));
    for (const { lambda } of Object.values(functions)) workspaces.grantCounting(lambda);
    this.addGatewayKeys(this.usagePlan(foundation), foundation);
    addOutput(this, 'apiUrl', this.api.rest.urlForPath(API_PREFIX), 'Base URL of the API');
    this.watch(foundation);
  }

  private restApi({ environment }: Foundation): RestApi {
    const limits = ALL_ROUTES.filter(isPublic).map(({ path, method }) => [
      `${API_PREFIX}${path}/${method}`,
      PUBLIC_LIMITS,
    ]);
    return new RestApi(this, 'RestApi', {
      environment,
      description: `Fettle's API (${environment.name})`,
      methodOptions: Object.fromEntries(limits),
    });
  }

  /** By the token alone, which is also the key of the gateway's cache: a request that holds two keys cannot mix their answers. */
  private authorizer({ authorize }: Workspaces, { environment }: Foundation): TokenAuthorizer {
    return new TokenAuthorizer(this, 'KeyAuthorizer', {
      handler: this.invoked(authorize),
      identitySource: IdentitySource.header(API_KEY_HEADER),
      validationRegex: secretPattern(environment.name),
      resultsCacheTtl: Duration.seconds(LIMITS.authorizerCacheSeconds),
    });
  }

  private addRoutes(functions: Serving<ApiFunction>, authorizer: TokenAuthorizer): void {
    for (const server of Object.values(functions)) this.grantInvoke(server);
    for (const route of ALL_ROUTES) {
      // The authorizer names the gateway's key, which selects throttle and quota.
      const options: MethodOptions = isPublic(route)
        ? { authorizationType: AuthorizationType.NONE, apiKeyRequired: false }
        : { authorizationType: AuthorizationType.CUSTOM, authorizer, apiKeyRequired: true };
      this.api.rest.root
        .resourceForPath(`${API_PREFIX}${route.path}`)
        .addMethod(route.method, this.integrationOf(functions[route.servedBy]), options);
    }
  }

  private integrationOf({ live }: ServingFunction): Integration {
    return new Integration({
      type: IntegrationType.AWS_PROXY,
      integrationHttpMethod: 'POST',
      uri: `arn:${this.partition}:apigateway:${this.region}:lambda:path/2015-03-31/functions/${live.functionArn}/invocations`,
    });
  }

  private grantInvoke(server: ServingFunction): void {
    this.invoked(server).addPermission('GrantInvokeToApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      // The name, because the stage itself comes after the permission.
      sourceArn: this.api.rest.arnForExecuteApi('*', '/*', STAGE),
    });
  }

  /**
   * A function's alias with its permissions in this stack, which the stage is to serve after they are granted. As parts of the
   * function's own stack they would be granted after this whole stack: an API that moves to another alias would fail meanwhile.
   */
  private invoked({ live, node }: ServingFunction): IFunction {
    const attributes = { functionArn: live.functionArn, sameEnvironment: true };
    const invoked = LambdaFunction.fromFunctionAttributes(this, node.id, attributes);
    this.api.rest.latestDeployment?.node.addDependency(invoked);
    return invoked;
  }

  private usagePlan({ environment }: Foundation): UsagePlan {
    return new UsagePlan(this, 'UsagePlan', {
      name: stackNameOf(environment.name),
      description: 'Throttle and quota of the workspaces that share a key of the gateway',
      apiStages: [{ api: this.api.rest as IRestApi, stage: this.api.rest.deploymentStage }],
      throttle: {
        rateLimit: KEYS_AT_FULL_RATE * environment.requestsPerSecond,
        burstLimit: KEYS_AT_FULL_RATE * environment.requestBurst,
      },
      quota: { limit: KEYS_AT_FULL_RATE * environment.requestsPerDay, period: Period.DAY },
    });
  }

  /** One after the other: API Gateway refuses concurrent changes of a usage plan. */
  private addGatewayKeys({ usagePlanId }: UsagePlan, { environment }: Foundation): void {
    let before: CfnUsagePlanKey | undefined;
    for (let index = 0; index < GATEWAY_KEYS; index += 1) {
      const key = new CfnApiKey(this, `GatewayKey${index}`, {
        name: `${stackNameOf(environment.name)}-workspaces-${index}`,
        value: gatewayKeyValue(environment.name, index),
        enabled: true,
      });
      const member = new CfnUsagePlanKey(this, `GatewayKey${index}InPlan`, {
        keyId: key.attrApiKeyId,
        keyType: 'API_KEY',
        usagePlanId,
      });
      if (before) key.addResourceDependency(before);
      before = member;
    }
  }

  private watch({ alarms }: Foundation): void {
    alarms.page('Api-ServerErrors', this.api.rest.metricServerError(), {
      // The share of requests that fail.
      above: 0.05,
      statistic: STATISTIC.average,
      periods: 3,
      ofPeriods: 3,
      todo: 'Find in the access log which route fails, and the error in the log of its function.',
    });
    alarms.warn('Api-Slow', this.api.rest.metricLatency(), {
      above: 2500,
      statistic: STATISTIC.p99,
      periods: 5,
      ofPeriods: 5,
      todo: 'Find the slow route in the access log, and whether its function or a service that it calls is slow.',
    });
  }
}
