import { type App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledgeFindings } from './suppressions.ts';

/** Has synthesis fail on whatever AWS's rule packs find, beside what lib/suppressions.ts answers for. */
export function holdToBestPractices(app: App, stack: Stack): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  acknowledgeFindings(stack);
}
