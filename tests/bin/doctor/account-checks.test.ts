import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BOOTSTRAP_VERSION } from '../../../bin/doctor/account-checks.ts';
import { fettleStack } from '../../lib/synthesized.ts';

/** Of the stack, and of its assets. */
const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ properties: z.object({ requiresBootstrapStackVersion: z.number().optional() }).optional() }),
  ),
});

describe('BOOTSTRAP_VERSION', () => {
  it('is what the assembly requires', () => {
    const { app, outDir, remove } = fettleStack('prod');
    app.synth();
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(outDir, 'manifest.json'), 'utf8')));
    remove();
    const required = Object.values(manifest.artifacts).flatMap(
      ({ properties }) => properties?.requiresBootstrapStackVersion ?? [],
    );
    expect(required.length).toBeGreaterThan(1);
    expect(Math.max(...required)).toBe(BOOTSTRAP_VERSION);
  });
});
