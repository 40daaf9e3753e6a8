import { z } from 'zod';
import { applies } from '../gate/evaluate.ts';
import { parsePolicy, type Statement } from '../gate/policy-document.ts';
import type { Json } from '../types.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';

const AuthorizerAnswer = z.object({
  principalId: z.string(),
  policyDocument: z.custom<Json>((value) => typeof value === 'object' && value !== null),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  usageIdentifierKey: z.string().nullish(),
});

/** A parsed authorizer response. It can be cached, and evaluated for other methods. */
export type Authorization = {
  readonly principalId: string;
  /** values as strings, as API Gateway forwards them */
  readonly context: { readonly [name: string]: string };
  readonly usageIdentifierKey?: string;
  readonly statements: readonly Statement[];
};

/** Parses an authorizer's response; undefined when it is malformed. */
export function readAuthorization(payload: unknown): Authorization | undefined {
  const parsed = AuthorizerAnswer.safeParse(payload);
  if (!parsed.success) return undefined;
  const { principalId, policyDocument, context, usageIdentifierKey } = parsed.data;
  try {
    const statements = parsePolicy(policyDocument, 'the authorizer’s policyDocument');
    return { principalId, context: context ?? {}, statements, ...(usageIdentifierKey && { usageIdentifierKey }) };
  } catch {
    return undefined;
  }
}

/** The error when the policy does not allow the caller to invoke a method, else undefined. */
export function refusedBy({ statements }: Authorization, methodArn: string): GatewayError | undefined {
  const required = { action: 'execute-api:Invoke', resource: methodArn, context: new Map() };
  const applying = statements.filter((statement) => applies(statement, required));
  if (applying.some(({ effect }) => effect === 'Deny')) {
    return gatewayError('ACCESS_DENIED', 'User is not authorized to access this resource with an explicit deny');
  }
  return applying.length > 0 ? undefined : gatewayError('ACCESS_DENIED');
}
