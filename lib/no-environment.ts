import { Annotations, type App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { CHOOSE_ENVIRONMENT } from './environments.ts';

/**
 * What the app has when no environment was given: a stack with nothing but an error. `cdk bootstrap`, which prepares account
 * and region and needs to know no environment, is content with any stack; `synth`, `diff` and `deploy` end with the error.
 */
export function addNoEnvironment(app: App): void {
  const stack = new Stack(app, 'fettle');
  // A template needs one resource, and this one is nothing.
  new CfnWaitConditionHandle(stack, 'Nothing');
  Annotations.of(stack).addError(`No environment was given. ${CHOOSE_ENVIRONMENT}`);
}
