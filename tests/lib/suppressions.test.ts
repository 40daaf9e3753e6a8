import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '../../functions/platform/names/environments.ts';
import { acknowledgeFindings, suppressionsFor } from '../../lib/suppressions.ts';
import { fettleStack } from './synthesized.ts';

const Report = z.object({
  pluginReports: z.array(
    z.object({
      violations: z.array(
        z.object({ ruleName: z.string(), violatingConstructs: z.array(z.object({ constructPath: z.string() })) }),
      ),
    }),
  ),
});

/** What AWS's rule packs find, as `rule at path`, with the suppressions in force or without. */
function findings(name: EnvironmentName, suppressed: boolean) {
  const { app, stack, outDir, remove } = fettleStack(name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  if (suppressed) acknowledgeFindings(stack);
  try {
    app.synth();
  } catch (error) {
    // Findings end a synthesis; the report says which.
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error;
  }
  const report = Report.parse(JSON.parse(readFileSync(join(outDir, 'validation-report.json'), 'utf8')));
  remove();
  const violations = report.pluginReports.flatMap((plugin) => plugin.violations);
  return { stack, violations };
}

/** Two rule packs over some 200 resources, on a busy machine. */
const TIMEOUT_MS = 30_000;

describe('acknowledgeFindings', { timeout: TIMEOUT_MS }, () => {
  it.each(ENVIRONMENT_NAMES)('leaves nothing for cdk-nag to find in %s', (name) => {
    expect(findings(name, true).violations).toEqual([]);
  });

  it('suppresses nothing that cdk-nag would not find', () => {
    const { stack, violations } = findings('prod', false);
    const found = violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ ruleName, constructPath })),
    );
    const needless = suppressionsFor(stack).flatMap(({ rule, on = [''] }) =>
      on
        .filter((path) => {
          const below = [stack.stackName, path].filter(Boolean).join('/');
          return !found.some(
            ({ ruleName, constructPath }) => ruleName === rule && `${constructPath}/`.startsWith(`${below}/`),
          );
        })
        .map((path) => `${rule} at ${path}`),
    );
    expect(needless).toEqual([]);
  });
});
