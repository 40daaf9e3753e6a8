import { createGateway, type GatewayOptions } from './gateway/gateway.ts';
import type { Cleanup } from './state/cleanup.ts';
import { openServer } from './state/http-server.ts';
import { resourcesOf } from './template.ts';
import type { StackHandle, Template } from './types.ts';

/** Serves each REST API of the template: the first on the port asked for, others on free ones. */
export async function startGateways(
  template: Template,
  port: number,
  options: GatewayOptions,
  ending: Cleanup,
): Promise<Pick<StackHandle, 'apiUrl' | 'apiUrls'>> {
  const apiUrls: { [restApiLogicalId: string]: string } = {};
  for (const { logicalId } of resourcesOf(template, 'AWS::ApiGateway::RestApi')) {
    const isFirst = Object.keys(apiUrls).length === 0;
    const server = await openServer(isFirst ? port : 0);
    ending.add((how) => (how === 'stop' ? server.close() : server.kill()));
    const { api, listener } = createGateway(template, { ...options, restApi: logicalId });
    server.serve(listener);
    apiUrls[logicalId] = `${server.url}/${api.stages[0]?.name ?? ''}`;
  }
  return { apiUrl: Object.values(apiUrls)[0] ?? '', apiUrls };
}
