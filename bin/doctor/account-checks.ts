import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ENVIRONMENT_NAMES, type EnvironmentName, stackNameOf } from '../../functions/platform/names/environments.ts';
import { executionsNeeded, mostPhotosAtOnce } from '../../lib/concurrency.ts';
import { LAMBDA_PLATFORM } from '../../lib/native-files.ts';
import { findStack } from '../deployment.ts';
import { type ClientConfig, operatorConfig } from '../operator.ts';
import { awsProblem, checked } from './aws-problem.ts';
import { fail, type Line, ok, warn } from './line.ts';

/** Of the CDK's default bootstrap, whose qualifier is in the names of its resources. */
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** What the CDK's assemblies with file and image assets require. A test compares it with the assembly's manifest. */
export const BOOTSTRAP_VERSION = 6;

/** For AWS clients whose answer somebody waits for. */
const IMPATIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
};

/** The account and the Region that the operator's credentials belong to. */
export type Account = {
  readonly accountId: string;
  readonly region: string;
  readonly client: ClientConfig & typeof IMPATIENT;
};

/** The image holds libraries of Lambda's platform, and npm installs those of its own. */
export function packagesLine(): Line {
  const platform = `${LAMBDA_PLATFORM.os}-${LAMBDA_PLATFORM.cpu}`;
  const modules = join(dirname(dirname(import.meta.dirname)), 'node_modules');
  if (existsSync(join(modules, `@img/sharp-${platform}`))) return ok('packages', `those of ${platform} are installed`);
  return fail(
    'packages',
    `the image needs native packages of ${platform}; this machine is ${process.platform}-${process.arch}`,
    'Deploy from Linux on x64, such as a CI runner.',
  );
}

/** The lines on Region and credentials, and the account if both are there. */
export async function openAccount(): Promise<{ readonly lines: readonly Line[]; readonly account?: Account }> {
  const sts = new STSClient({ ...operatorConfig(), ...IMPATIENT });
  try {
    const region = await sts.config.region();
    const { Account: accountId = '', Arn: arn } = await sts.send(new GetCallerIdentityCommand());
    return {
      lines: [ok('region', region), ok('credentials', `${arn} of the account ${accountId}`)],
      account: { accountId, region, client: { region, ...IMPATIENT } },
    };
  } catch (error) {
    const isRegion = error instanceof Error && /Region is missing|Region not accepted/.test(error.message);
    return { lines: [awsProblem(isRegion ? 'region' : 'credentials', 'sts:GetCallerIdentity', error)] };
  }
}

/** Whether the account's Lambda quota bears this many photos at once. */
export const concurrencyLine = ({ client, region }: Account, photosAtOnce: number): Promise<Line> =>
  checked('concurrency', 'lambda:GetAccountSettings', async () => {
    const { AccountLimit } = await new LambdaClient(client).send(new GetAccountSettingsCommand());
    const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: executions = limit } = AccountLimit ?? {};
    const most = mostPhotosAtOnce(executions);
    const found =
      `${executions} concurrent Lambda executions${executions === limit ? '' : ` of ${limit} (the rest is reserved)`}; ` +
      `${photosAtOnce} photos at once need ${executionsNeeded(photosAtOnce)}`;
    if (most !== undefined && photosAtOnce <= most) return ok('concurrency', `${found}, ${most} would be the most`);
    const raise = `Request a higher quota: aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`;
    return fail(
      'concurrency',
      found,
      most === undefined ? raise : `Deploy with -c photosAtOnce=${most} at most. ${raise}`,
    );
  });

/** Whether the account is prepared for the CDK. */
export const bootstrapLine = ({ accountId, client, region }: Account): Promise<Line> =>
  checked('bootstrap', 'ssm:GetParameter', async () => {
    const todo = `npx cdk bootstrap aws://${accountId}/${region}`;
    try {
      const { Parameter } = await new SSMClient(client).send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
      const version = Number(Parameter?.Value);
      if (version >= BOOTSTRAP_VERSION) return ok('bootstrap', `version ${version}`);
      return fail('bootstrap', `version ${Parameter?.Value}; version ${BOOTSTRAP_VERSION} or later is needed`, todo);
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw error;
      return fail('bootstrap', `${accountId} is not prepared for the CDK in ${region}`, todo);
    }
  });

/** Whether another environment is in the same account, by its stack. */
export const accountLine = ({ accountId, client, region }: Account, environment: EnvironmentName): Promise<Line> =>
  checked('account', 'cloudformation:DescribeStacks', async () => {
    const others = ENVIRONMENT_NAMES.filter((name) => name !== environment).map(stackNameOf);
    const cloudFormation = new CloudFormationClient(client);
    const stacks = await Promise.all(others.map((name) => findStack(cloudFormation, name)));
    const here = stacks.filter((stack) => stack !== undefined).map(({ StackName }) => StackName);
    if (here.length === 0) return ok('account', `no other environment is in ${accountId} in ${region}`);
    return warn(
      'account',
      `${here.join(' and ')} shares ${accountId} in ${region}`,
      'Give each environment an account of its own: quotas of Lambda and API Gateway are shared, and so is the harm of a mistake.',
    );
  });

export const readStack = async (
  { client }: Account,
  environment: EnvironmentName,
): Promise<{ readonly stack: Stack | undefined } | { readonly problem: Line }> => {
  try {
    return { stack: await findStack(new CloudFormationClient(client), stackNameOf(environment)) };
  } catch (error) {
    return { problem: awsProblem('stack', 'cloudformation:DescribeStacks', error) };
  }
};
