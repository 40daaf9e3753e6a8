import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ENV } from '../../functions/platform/names/environment-variables.ts';

export type Permission = {
  readonly actions: readonly string[];
  readonly on: readonly string[];
  /** IAM conditions */
  readonly onlyIf?: Record<string, Record<string, string | readonly string[]>>;
  /** the environment variable with the resource's name */
  readonly variable?: { readonly name: (typeof ENV)[keyof typeof ENV]; readonly value: string };
};

/** Grants a permission and sets the environment variable with the resource's name in one call, so that neither is missing. */
export function grant(lambda: LambdaFunction, { actions, on, onlyIf, variable }: Permission): void {
  lambda.addToRolePolicy(
    new PolicyStatement({ actions: [...actions], resources: [...on], ...(onlyIf && { conditions: onlyIf }) }),
  );
  if (variable) lambda.addEnvironment(variable.name, variable.value);
}
