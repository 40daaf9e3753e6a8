import {
  type APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  NotFoundException,
} from '@aws-sdk/client-api-gateway';

/** The usage plan, whose throttle and quota apply to each key. */
export type UsagePlan = { readonly apiGateway: APIGatewayClient; readonly usagePlanId: string };

/** Creates an API Gateway key with this secret and adds it to the usage plan. @returns its id */
export async function createGatewayKey(
  { apiGateway, usagePlanId }: UsagePlan,
  name: string,
  secret: string,
): Promise<string> {
  const { id } = await apiGateway.send(new CreateApiKeyCommand({ name, value: secret, enabled: true }));
  if (id === undefined) throw new Error('API Gateway made a key without an id');
  await apiGateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: 'API_KEY' }));
  return id;
}

/** Deletes a key from API Gateway; idempotent. */
export async function deleteGatewayKey({ apiGateway }: UsagePlan, gatewayKeyId: string): Promise<void> {
  try {
    await apiGateway.send(new DeleteApiKeyCommand({ apiKey: gatewayKeyId }));
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}
