import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ENV } from '../../functions/platform/names/environment-variables.ts';

export type Permission = {
  readonly actions: readonly string[];
  readonly on: readonly string[];
  /** further conditions, as IAM writes them */
  readonly onlyIf?: Record<string, Record<string, string | readonly string[]>>;
  /** the environment variable that tells the function what it may now use */
  readonly told?: { readonly variable: (typeof ENV)[keyof typeof ENV]; readonly value: string };
};

/** Permission and the name that goes with it, in one call: neither is ever there without the other. */
export function grant(lambda: LambdaFunction, { actions, on, onlyIf, told }: Permission): void {
  lambda.addToRolePolicy(
    new PolicyStatement({ actions: [...actions], resources: [...on], ...(onlyIf && { conditions: onlyIf }) }),
  );
  if (told) lambda.addEnvironment(told.variable, told.value);
}
