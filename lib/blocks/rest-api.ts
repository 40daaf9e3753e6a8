import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  CfnAccount,
  type CfnRestApi,
  EndpointType,
  AccessLogField as Field,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  RestApi as Rest,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CORS } from '../../functions/platform/names/cors.ts';
import { stackNameOf } from '../../functions/platform/names/environments.ts';
import { ROUTES } from '../../functions/platform/names/routes.ts';
import type { Environment } from '../environments.ts';
import { respondWithProblems } from './gateway-problems.ts';
import { removalPolicyOf } from './removal.ts';

/** The name of the one stage. */
export const STAGE = 'live';

/** One line per request, without the API key; also without the path, because a client can put a key into it. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: Field.contextRequestId(),
    requestTime: Field.contextRequestTime(),
    method: Field.contextHttpMethod(),
    route: Field.contextResourcePath(),
    status: Field.contextStatus(),
    responseMs: Field.contextResponseLatency(),
    integrationMs: Field.contextIntegrationLatency(),
    responseBytes: Field.contextResponseLength(),
    workspaceId: Field.contextAuthorizer('workspaceId'),
    keyId: Field.contextAuthorizer('keyId'),
    sourceIp: Field.contextIdentitySourceIp(),
    userAgent: Field.contextIdentityUserAgent(),
    error: Field.contextErrorResponseType(),
  }),
);

export type RestApiProps = {
  readonly environment: Environment;
  readonly description: string;
  /** per-method throttles, by path and method, e.g. `/api/v1/health/GET` */
  readonly methodOptions: Readonly<Record<string, MethodDeploymentOptions>>;
};

/** A REST API with one stage `live`: access log, throttling, CORS for any origin, gateway errors as problem+json. */
export class RestApi extends Construct {
  readonly rest: Rest;

  constructor(scope: Construct, id: string, { environment, description, methodOptions }: RestApiProps) {
    super(scope, id);
    this.rest = new Rest(this, 'Rest', {
      restApiName: stackNameOf(environment.name),
      description,
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        accessLogDestination: new LogGroupLogDestination(this.accessLog(environment)),
        accessLogFormat: ACCESS_LOG,
        loggingLevel: MethodLoggingLevel.ERROR,
        // Would log bodies and headers, API keys among them.
        dataTraceEnabled: false,
        metricsEnabled: false,
        throttlingRateLimit: 10 * environment.requestsPerSecond,
        throttlingBurstLimit: 10 * environment.requestBurst,
        methodOptions,
      },
      // Mock integrations without a key: browsers send none with a preflight.
      defaultCorsPreflightOptions: {
        allowOrigins: [CORS.allowedOrigin],
        allowHeaders: [...CORS.allowedHeaders],
        exposeHeaders: [...CORS.exposedHeaders],
        allowMethods: [...new Set(Object.values(ROUTES).map(({ method }) => method)), 'OPTIONS'],
        maxAge: Duration.seconds(CORS.maxAgeSeconds),
      },
    });
    // The CDK's output of the URL; ours includes the API's prefix.
    this.rest.node.tryRemoveChild('Endpoint');
    respondWithProblems(this.rest);
    this.rest.deploymentStage.node.addDependency(this.grantLogging(), this.executionLog(environment));
  }

  private accessLog(environment: Environment): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      retention: environment.logDays,
      removalPolicy: removalPolicyOf(environment),
    });
  }

  /** API Gateway's execution log. Undeclared, API Gateway would create it without retention. */
  private executionLog(environment: Environment): LogGroup {
    return new LogGroup(this, 'ExecutionLog', {
      logGroupName: `API-Gateway-Execution-Logs_${this.rest.restApiId}/${STAGE}`,
      retention: environment.logDays,
      removalPolicy: removalPolicyOf(environment),
    });
  }

  /**
   * API Gateway's logging role: one setting for all APIs of the account and region. Other stacks' stages may log with it,
   * so it is retained when the stack is deleted. API Gateway requires exactly these permissions.
   */
  private grantLogging(): CfnAccount {
    const statement = new PolicyStatement({
      actions: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:FilterLogEvents',
        'logs:GetLogEvents',
        'logs:PutLogEvents',
      ],
      resources: ['*'],
    });
    const role = new Role(this, 'LogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      // Part of the role: a policy of its own would be deleted with the stack, and the retained role could do nothing.
      inlinePolicies: { Logging: new PolicyDocument({ statements: [statement] }) },
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // In an account that never used API Gateway, its settings can be set once there is an API.
    account.addResourceDependency(this.rest.node.defaultChild as CfnRestApi);
    return account;
  }
}
