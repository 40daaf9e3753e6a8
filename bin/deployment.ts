import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ENVIRONMENT_NAMES, isEnvironmentName, stackNameOf } from '../functions/platform/names/environments.ts';
import { OUTPUTS } from '../functions/platform/names/outputs.ts';
import type { KeyIssuer } from '../functions/workspaces/key-issuer-store.ts';
import { attachLocally, type Deployment } from './local-stack.ts';
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
  const client = new CloudFormationClient();
  const StackName = stackNameOf(name);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName })).catch((error) => {
    throw new UsageError(`the stack ${StackName} cannot be read with your AWS credentials: ${error.message}`);
  });
  const outputs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  return { environmentName: name, region: await client.config.region(), outputs: Object.fromEntries(outputs) };
}

/** The resources for issuing keys of a deployment, with the operator's permissions. */
export function keyIssuerOf(deployment: Deployment): KeyIssuer {
  const { environmentName, region, local } = deployment;
  const client = { region, ...(local && { endpoint: local.endpoint, credentials: local.credentials }) };
  return {
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(client)),
    accessTable: outputNamed(deployment, OUTPUTS.accessTable),
    apiGateway: new APIGatewayClient(client),
    usagePlanId: outputNamed(deployment, OUTPUTS.usagePlan),
    environmentName,
  };
}

function outputNamed({ outputs }: Deployment, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new UsageError(`the stack has no output ${name}: deploy it with this version first`);
  return value;
}
