import { permission, type RequiredPermissions } from './service-request.ts';

/** The permission that a request to API Gateway's control plane needs: its HTTP method on its path. */
export const apiGatewayPermissions: RequiredPermissions = (request, { partition, region }) => [
  permission(`apigateway:${request.method}`, `arn:${partition}:apigateway:${region}::${request.path}`),
];
