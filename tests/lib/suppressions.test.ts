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

/** The findings of AWS's rule packs, with the suppressions or without. */
function findings(name: EnvironmentName, suppressed: boolean) {
  const { app, stack, outDir, remove } = fettleStack(name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  if (suppressed) acknowledgeFindings(stack);
  try {
    app.synth();
  } catch (error) {
    // Findings fail the synthesis; the report lists them.
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error;
  }
  const report = Report.parse(JSON.parse(readFileSync(join(outDir, 'validation-report.json'), 'utf8')));
  remove();
  const violations = report.pluginReports.flatMap((plugin) => plugin.violations);
  return { stack, violations };
}

/** Two rule packs over hundreds of resources, on a busy machine. */
const TIMEOUT_MS = 180_000;

describe('acknowledgeFindings', { timeout: TIMEOUT_MS }, () => {
  it.each(ENVIRONMENT_NAMES)('leaves no finding of cdk-nag in %s', (name) => {
    expect(findings(name, true).violations).toEqual([]);
  });

  it('suppresses only findings of cdk-nag', () => {
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
