import { RemovalPolicy } from 'aws-cdk-lib';
import type { Environment } from '../environments.ts';

/**
 * What becomes of a resource with data when the stack is deleted or replaces it. What a failed first deployment created is
 * deleted everywhere: it holds nothing yet, and would be left behind at every try.
 */
export const removalPolicyOf = ({ keepsData }: Pick<Environment, 'keepsData'>): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
