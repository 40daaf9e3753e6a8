import packageJson from '../../package.json' with { type: 'json' };
import { environment } from '../platform/environment.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { operation, publicOperation } from '../platform/operation.ts';
import { openapiDocument, servedAt } from './openapi.ts';
import { GET_HEALTH, GET_OPENAPI } from './service-contract.ts';

const { environment: environmentName } = environment('environment');
const { version } = packageJson;

const health = publicOperation(GET_HEALTH, async () => ({
  status: GET_HEALTH.status,
  reply: { status: 'ok' as const, version, environment: environmentName },
}));

/** Made on first use, which takes some milliseconds, so that health checks need not wait for it. */
let document: ReturnType<typeof openapiDocument> | undefined;

const openapi = operation(GET_OPENAPI, async ({ apiPath }) => {
  document ??= openapiDocument(version);
  return servedAt(apiPath, document);
});

export const handler = httpHandler({ getHealth: health, getOpenapi: openapi });
