import { type Asks, ask } from './service-request.ts';

/** The permission that a request to API Gateway's control plane needs: its HTTP method on its path. */
export const apiGatewayAsks: Asks = (request, { partition, region }) => [
  ask(`apigateway:${request.method}`, `arn:${partition}:apigateway:${region}::${request.path}`),
];
