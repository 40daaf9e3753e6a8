import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PROVIDER_NAMES, type ProviderName } from '../../../functions/comp-providers/provider.ts';
import { providerDayKey } from '../../../functions/comp-providers/provider-rows.ts';
import type { RouteName } from '../../../functions/platform/names/routes.ts';
import { type Asked, context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';
import { SOLD_TITLE } from './searchapi-server.ts';
import { startSecret } from './secret-server.ts';
import type { VendorServer } from './vendor-server.ts';

/** What the operator puts into the secret. */
type ProviderKeysToPut = { readonly [Name in ProviderName]?: object };

// biome-ignore lint/suspicious/noExplicitAny: answers of several operations
export type Body = Record<string, any>;

/** The handler of valuations, with stores and a secret of its own, that asks this vendor's server with these keys. */
export async function startAsking(vendor: VendorServer, keys: ProviderKeysToPut) {
  const [stores, secret] = await Promise.all([startStores(), startSecret()]);
  secret.put(JSON.stringify(keys));
  const { handler } = await import('../../../functions/valuation/valuations-api.lambda.ts');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  let workspaces = 0;

  const call = async (route: RouteName, workspaceId: string, asked: Asked = {}) => {
    const event = requestTo(route, { workspaceId, ...asked });
    const { statusCode, body } = await handler(event, { ...context, getRemainingTimeInMillis: () => 60_000 });
    return { status: statusCode, text: body, body: JSON.parse(body) as Body };
  };

  return {
    documents,
    newWorkspace: (): string => {
      workspaces += 1;
      return `asking-${workspaces}`;
    },
    value: (workspaceId: string, changes: object = {}, asked: Asked = {}) =>
      call('valueThing', workspaceId, {
        body: { kind: 'collectible', query: SOLD_TITLE, currency: 'USD', providers: 'ask', ...changes },
        ...asked,
      }),
    list: (workspaceId: string, query: Record<string, string> = {}) =>
      call('listComps', workspaceId, { query: { kind: 'collectible', ...query } }),
    add: (workspaceId: string, ...comps: readonly object[]) =>
      call('addComps', workspaceId, { body: { kind: 'collectible', comps } }),
    /** how often the vendor was called meanwhile */
    callsDuring: async (action: () => Promise<unknown>): Promise<number> => {
      const before = vendor.requests.length;
      await action();
      return vendor.requests.length - before;
    },
    /** no call of today, and no pause; the vendor answers as documented */
    reset: async () => {
      vendor.answer();
      for (const provider of PROVIDER_NAMES) {
        await documents.send(new DeleteCommand({ TableName: 'comps', Key: providerDayKey(provider, new Date()) }));
      }
    },
    close: () => Promise.all([stores.close(), secret.close(), vendor.close()]),
  };
}
