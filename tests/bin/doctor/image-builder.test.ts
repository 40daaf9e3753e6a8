import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imageBuilderLine } from '../../../bin/doctor/image-builder.ts';
import { builderThat } from './operator.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-builder-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

describe('imageBuilderLine', () => {
  it('is ok when the builder answers `info`', async () => {
    vi.stubEnv('CDK_DOCKER', builderThat(dir, 'test "$1" = info'));
    expect(await imageBuilderLine()).toMatchObject({ status: 'ok' });
  });

  it('fails with the last line that a builder says', async () => {
    vi.stubEnv('CDK_DOCKER', builderThat(dir, 'echo first >&2; echo "no daemon" >&2; exit 1'));
    expect(await imageBuilderLine()).toMatchObject({ status: 'fail', found: expect.stringMatching(/: no daemon$/) });
  });

  it('fails when there is no builder', async () => {
    vi.stubEnv('CDK_DOCKER', '');
    vi.stubEnv('PATH', dir);
    expect(await imageBuilderLine()).toMatchObject({
      status: 'fail',
      found: 'there is no docker on this machine',
      todo: expect.stringContaining('CDK_DOCKER'),
    });
  });
});
