import packageJson from '../../package.json' with { type: 'json' };
import { environment } from '../platform/environment.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { admit } from '../platform/request-limits-store.ts';
import { openapiDocument, servedAt } from './openapi.ts';
import { SERVICE_API } from './service-contract.ts';

const { environment: environmentName } = environment('environment');
const { version } = packageJson;

/** Created on first use, because it takes some milliseconds and health checks do not need it. */
let document: ReturnType<typeof openapiDocument> | undefined;

export const handler = httpHandler(
  SERVICE_API,
  {
    getHealth: async () => ({ status: 'ok', version, environment: environmentName }),

    getOpenapi: async ({ apiPath }) => {
      document ??= openapiDocument(version);
      return servedAt(apiPath, document);
    },
  },
  { admit },
);
