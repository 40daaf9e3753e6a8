import { createGateway } from '../gateway/gateway.ts';
import { openQuotas } from '../gateway/usage-plans.ts';
import { openServer } from '../state/http-server.ts';
import { resourcesOf } from '../template.ts';
import type { Invoke, StackHandle } from '../types.ts';
import type { StackBase } from './stack-base.ts';

/** Serves each REST API of the template: the first on the requested port, others on free ones. */
export async function startGateways(
  { template, dataDir, clock, log, logs, metrics, ending }: StackBase,
  invoke: Invoke,
  port: number,
): Promise<Pick<StackHandle, 'apiUrl' | 'apiUrls'>> {
  const quotas = openQuotas(dataDir, clock.now);
  ending.add(quotas.close);
  const accessLog = (line: string, logGroupArn: string) => logs.write(logGroupName(logGroupArn), line);
  const options = { invoke, quotas, clock, measure: metrics.measure, accessLog, onLog: log };

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

function logGroupName(arn: string): string {
  return arn.replace(/^.*:log-group:/, '').replace(/:\*$/, '');
}
