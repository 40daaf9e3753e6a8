import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';

/** Adds an output to the top stack, whichever stack `scope` is in. */
export function addOutput(scope: Construct, name: keyof typeof OUTPUTS, value: string, description: string): void {
  new CfnOutput(topStackOf(scope), `${OUTPUTS[name]}Output`, { value, description }).overrideLogicalId(OUTPUTS[name]);
}

function topStackOf(scope: Construct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? topStackOf(stack.nestedStackParent) : stack;
}
