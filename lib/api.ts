import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import {
  AuthorizationType,
  IdentitySource,
  Integration,
  IntegrationType,
  type IRestApi,
  type MethodOptions,
  Period,
  RequestAuthorizer,
  UsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LIMITS } from '../functions/platform/names/limits.ts';
import { API_PREFIX, type ApiFunction, ROUTES, type Route } from '../functions/platform/names/routes.ts';
import { STATISTIC } from './blocks/alarm-board.ts';
import type { ContainerFunction } from './blocks/container-function.ts';
import type { NodeFunction } from './blocks/node-function.ts';
import { RestApi } from './blocks/rest-api.ts';
import type { Foundation } from './foundation.ts';

type ServingFunction = NodeFunction | ContainerFunction;

export type ApiProps = Foundation & {
  readonly authorize: NodeFunction;
  readonly functions: Readonly<Record<ApiFunction, ServingFunction>>;
};

/** Anybody may ask how we are, but not all day: of all callers together. */
const PUBLIC_LIMITS = { throttlingRateLimit: 10, throttlingBurstLimit: 20 } as const;

const routes: readonly Route[] = Object.values(ROUTES);

/** The HTTPS API: every route of ROUTES, who may call it, how often. */
export class Api extends Construct {
  readonly url: string;
  readonly usagePlanId: string;
  private readonly api: RestApi;

  constructor(scope: Construct, id: string, { authorize, functions, ...foundation }: ApiProps) {
    super(scope, id);
    const { environment } = foundation;
    const isPublic = (route: Route) => route.role === 'public';
    this.api = new RestApi(this, 'RestApi', {
      environment,
      description: `Fettle's API (${environment.name})`,
      methodOptions: Object.fromEntries(
        routes.filter(isPublic).map(({ path, method }) => [`${API_PREFIX}${path}/${method}`, PUBLIC_LIMITS]),
      ),
    });
    const authorizer = new RequestAuthorizer(this, 'KeyAuthorizer', {
      handler: authorize.lambda,
      identitySources: [IdentitySource.header('X-Api-Key')],
      resultsCacheTtl: Duration.seconds(LIMITS.authorizerCacheSeconds),
    });
    for (const route of routes) {
      // A key alone only counts requests; who it is, and what it may do, the authorizer says.
      const options: MethodOptions = isPublic(route)
        ? { authorizationType: AuthorizationType.NONE, apiKeyRequired: false }
        : { authorizationType: AuthorizationType.CUSTOM, authorizer, apiKeyRequired: true };
      this.api.rest.root
        .resourceForPath(`${API_PREFIX}${route.path}`)
        .addMethod(route.method, this.integrationOf(functions[route.servedBy]), options);
    }
    for (const serving of Object.values(functions)) this.grantInvoke(serving);
    this.usagePlanId = this.usagePlan(foundation).usagePlanId;
    this.url = this.api.rest.urlForPath(API_PREFIX);
    this.watch(foundation);
  }

  /**
   * By the function's name and not its ARN, because of a ring: `keys-api` is told the usage plan, the plan belongs to
   * the stage, the stage serves this method, and the method calls `keys-api`.
   */
  private integrationOf({ name }: ServingFunction): Integration {
    const { partition, region } = Stack.of(this);
    const lambdaArn = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new Integration({
      type: IntegrationType.AWS_PROXY,
      integrationHttpMethod: 'POST',
      uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${lambdaArn}/invocations`,
    });
  }

  private grantInvoke({ node, lambda }: ServingFunction): void {
    new CfnPermission(this, `GrantInvoke${node.id}`, {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.api.rest.arnForExecuteApi('*', '/*', this.api.rest.deploymentStage.stageName),
    });
  }

  private usagePlan({ environment }: Foundation): UsagePlan {
    return new UsagePlan(this, 'UsagePlan', {
      name: Stack.of(this).stackName,
      description: 'What one API key may ask for',
      apiStages: [{ api: this.api.rest as IRestApi, stage: this.api.rest.deploymentStage }],
      throttle: { rateLimit: environment.requestsPerSecond, burstLimit: environment.requestBurst },
      quota: { limit: environment.requestsPerDay, period: Period.DAY },
    });
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
      todo: 'Find in the access log which route is slow, and whether the function or what it calls is.',
    });
  }
}
