import { APIGatewayClient } from '@aws-sdk/client-api-gateway';

/** The control plane of API Gateway, for API keys. */
export const apiGateway = new APIGatewayClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});
