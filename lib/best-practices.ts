import { type App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledgeFindings } from './suppressions.ts';

/** Fails synthesis on every finding of cdk-nag's rule packs that lib/suppressions.ts does not acknowledge. */
export function enforceBestPractices(app: App, stack: Stack): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  acknowledgeFindings(stack);
}
