import type { RouteName } from '../../../functions/platform/names/routes.ts';
import type { Comp } from '../../../functions/valuation/comp.ts';
import { type Asked, context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

export const QUERY = '1989 Upper Deck Ken Griffey Jr #1';
export const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A sale of yesterday. */
export const sale = (priceCents: number, changes: Partial<Comp> = {}): Comp => ({
  title: QUERY,
  status: 'sold',
  priceCents,
  currency: 'USD',
  date: dayBefore(1),
  format: 'fixed_price',
  source: 'own sales',
  sourceId: `A-${priceCents}`,
  ...changes,
});

// biome-ignore lint/suspicious/noExplicitAny: answers of several operations
export type Body = Record<string, any>;

export const outcomesOf = ({ body }: { readonly body: Body }): string[] =>
  body.comps.map(({ outcome }: { readonly outcome: string }) => outcome);

let workspaces = 0;
export const newWorkspace = (): string => {
  workspaces += 1;
  return `workspace-${workspaces}`;
};

/** The handler of the API on empty stores, and how it is called. */
export async function startValuations() {
  const { close } = await startStores();
  const { handler } = await import('../../../functions/valuation/valuations-api.lambda.ts');
  const ask = async (route: RouteName, workspaceId: string, asked: Asked = {}) => {
    const { statusCode, body } = await handler(requestTo(route, { workspaceId, ...asked }), context);
    return { status: statusCode, body: JSON.parse(body) as Body };
  };
  return {
    close,
    ask,
    add: (workspaceId: string, ...comps: readonly object[]) =>
      ask('addComps', workspaceId, { body: { kind: 'collectible', comps } }),
    valueIn: (workspaceId: string, changes: object = {}) =>
      ask('valueThing', workspaceId, { body: { kind: 'collectible', query: QUERY, currency: 'USD', ...changes } }),
    list: (workspaceId: string, query: Record<string, string> = {}) =>
      ask('listComps', workspaceId, { query: { kind: 'collectible', ...query } }),
  };
}
