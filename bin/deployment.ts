import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  ENVIRONMENT_NAMES,
  type EnvironmentName,
  isEnvironmentName,
  stackNameOf,
} from '../functions/platform/names/environments.ts';
import { OUTPUTS } from '../functions/platform/names/outputs.ts';
import type { AccessTable } from '../functions/workspaces/key-store.ts';
import { attachLocally, type Deployment } from './local-stack.ts';
import { type ClientConfig, operatorConfig } from './operator.ts';
import { UsageError } from './usage-error.ts';

/** The values of `--env`: this machine, or an environment in the operator's AWS account. */
export const ENVIRONMENTS = ['local', ...ENVIRONMENT_NAMES] as const;

/**
 * The deployed stack of an environment, or for `local` the one that runs from `dataDir`.
 *
 * @throws UsageError when there is none, or the environment is unknown
 */
export async function findDeployment(name: string, dataDir: string): Promise<Deployment> {
  if (name === 'local') return attachLocally(dataDir);
  if (!isEnvironmentName(name)) {
    throw new UsageError(`expected --env ${ENVIRONMENTS.join('|')}; got ${name}`);
  }
  const client = new CloudFormationClient(operatorConfig());
  const stackName = stackNameOf(name);
  const stack = await findStack(client, stackName).catch((error) => {
    throw new UsageError(`the stack ${stackName} cannot be read with your AWS credentials: ${error.message}`);
  });
  const region = await client.config.region();
  if (!stack)
    throw new UsageError(`there is no stack ${stackName} in ${region}: deploy it, or set AWS_REGION to its Region`);
  return deploymentOf(name, region, stack);
}

/** The stack by this name; undefined when there is none. */
export async function findStack(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

/** What the command line needs of a deployed stack. */
export function deploymentOf(environmentName: EnvironmentName, region: string, { Outputs = [] }: Stack): Deployment {
  const outputs = Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  return { environmentName, region, outputs: Object.fromEntries(outputs) };
}

/** The access table of a deployment, with the operator's permissions. */
export function accessTableOf(deployment: Deployment): AccessTable {
  const { environmentName } = deployment;
  const client = clientOf(deployment);
  return {
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(client)),
    accessTable: outputNamed(deployment, OUTPUTS.accessTable),
    environmentName,
  };
}

/** Configuration of AWS clients of a deployment. */
export const clientOf = ({ region, local }: Deployment): ClientConfig => ({
  region,
  ...(local && { endpoint: local.endpoint, credentials: local.credentials }),
});

/** @throws UsageError when the stack has no such output */
export function outputNamed({ outputs }: Deployment, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new UsageError(`the stack has no output ${name}: deploy it with this version first`);
  return value;
}
