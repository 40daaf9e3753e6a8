import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedBuild } from '../../lib/bundle-cache.ts';

describe('cachedBuild', () => {
  let projectDir: string;
  let made: number;
  beforeEach(() => {
    projectDir = mkdtempSync(join(tmpdir(), 'fettle-bundle-cache-'));
    mkdirSync(join(projectDir, 'functions'));
    writeFileSync(join(projectDir, 'functions/one.ts'), 'one');
    made = 0;
  });
  afterEach(() => rmSync(projectDir, { recursive: true }));

  const fill = async (name: string, meanwhile = () => {}): Promise<string> => {
    const dir = join(projectDir, name);
    await cachedBuild(projectDir, dir, async () => {
      made += 1;
      mkdirSync(join(dir, 'zips'), { recursive: true });
      writeFileSync(join(dir, 'zips/code'), `made ${made}`);
      meanwhile();
    });
    return readFileSync(join(dir, 'zips/code'), 'utf8');
  };

  it('returns the cached bundle while the source is the same', async () => {
    await fill('first');
    expect(await fill('second')).toBe('made 1');
  });

  it('bundles again when the source changed', async () => {
    await fill('first');
    writeFileSync(join(projectDir, 'functions/one.ts'), 'other');
    expect(await fill('second')).toBe('made 2');
  });

  it('bundles again when other packages are installed', async () => {
    await fill('first');
    writeFileSync(join(projectDir, 'node_modules/.package-lock.json'), '{}');
    expect(await fill('second')).toBe('made 2');
  });

  it('does not cache a bundle whose source changed meanwhile', async () => {
    await fill('first', () => writeFileSync(join(projectDir, 'functions/one.ts'), 'other'));
    expect(await fill('second')).toBe('made 2');
    writeFileSync(join(projectDir, 'functions/one.ts'), 'one');
    expect(await fill('third')).toBe('made 3');
  });

  it('deletes entries of days ago', async () => {
    const cacheDir = join(projectDir, 'node_modules/.cache/fettle-bundles');
    await fill('first');
    const [old = ''] = readdirSync(cacheDir);
    utimesSync(join(cacheDir, old), 0, 0);
    writeFileSync(join(projectDir, 'functions/one.ts'), 'other');
    await fill('second');
    expect(readdirSync(cacheDir)).not.toContain(old);
  });
});
