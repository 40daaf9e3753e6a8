import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CDK_FEATURES, synthesize } from '../../lib/synthesize.ts';

let dir: string;
let first: string;

const assetsOf = (assembly: string) => readdirSync(assembly).filter((name) => name.startsWith('asset.'));

/** Every file of a folder, as paths below it. */
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-synthesis-'));
  first = (await synthesize({ env: 'dev', outDir: join(dir, 'first') })).directory;
});

afterAll(() => rmSync(dir, { recursive: true }));

describe('synthesize', () => {
  it('gives the same hashes for the same source, so that nothing unchanged is deployed', async () => {
    const second = await synthesize({ env: 'dev', outDir: join(dir, 'second') });
    expect(assetsOf(second.directory)).toEqual(assetsOf(first));
  });

  it('makes assets that every user can read, whatever the umask', async () => {
    const umask = process.umask(0o077);
    const { directory } = await synthesize({ env: 'dev', outDir: join(dir, 'private') });
    process.umask(umask);
    const modes = assetsOf(directory)
      .flatMap((asset) => readdirSync(join(directory, asset), { recursive: true, withFileTypes: true }))
      .map((entry) => ({ entry, mode: statSync(join(entry.parentPath, entry.name)).mode & 0o777 }));
    expect(modes.filter(({ entry, mode }) => mode !== 0o755 && (entry.isDirectory() || mode !== 0o644))).toEqual([]);
    expect(assetsOf(directory)).toEqual(assetsOf(first));
  });

  it('names the environments when it is given another', async () => {
    await expect(synthesize({ env: 'production', outDir: join(dir, 'third') })).rejects.toThrow(
      'There is no environment "production". Choose one of dev, staging, prod',
    );
  });

  it('gives whoever names no environment a stack with an error, enough for cdk bootstrap and for nothing else', async () => {
    const { stacks } = await synthesize({ outDir: join(dir, 'none') });
    expect(
      stacks.map(({ stackName, messages }) => [stackName, messages.map(({ level, entry }) => [level, entry.data])]),
    ).toEqual([['fettle', [['error', expect.stringContaining('Choose one of dev, staging, prod')]]]]);
  });

  it('bundles zips without native code, and price models into those that price', () => {
    const zips = assetsOf(first).filter((asset) => filesOf(join(first, asset)).includes('index.mjs'));
    const models = zips
      .map((asset) => filesOf(join(first, asset)).filter((file) => !/^index\.mjs(\.map)?$/.test(file)))
      .filter((others) => others.length > 0);
    // The API of predictions, and the conclusion of jobs.
    expect(models).toHaveLength(2);
    for (const files of models) {
      expect(files).toEqual(
        expect.arrayContaining(['models/prices/vehicle-us/card.json', 'models/prices/vehicle-us/model.onnx']),
      );
      expect(files.filter((file) => !/^models\/prices\/[^/]+\/(card\.json|model\.onnx)$/.test(file))).toEqual([]);
    }
  });
});

describe('CDK_FEATURES', () => {
  /** In a process of its own, because the CDK only sets the exit code. */
  const exitOf = (property: string) =>
    spawnSync(process.execPath, ['--input-type=module', '--eval', appWith(property)], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
  const appWith = (property: string) => `
    import { App, CfnResource, Stack } from 'aws-cdk-lib';
    const app = new App({ context: ${JSON.stringify(CDK_FEATURES)}, builtinCloudFormationValidation: true, outdir: ${JSON.stringify(join(dir, property))} });
    new CfnResource(new Stack(app, 'Stack'), 'Queue', { type: 'AWS::SQS::Queue', properties: { ${property}: 1 } });
    app.synth();`;

  it('have a property that CloudFormation does not know end the synthesis, with the name of the resource', () => {
    const { status, stderr, stdout } = exitOf('VisibilityTimeoutt');
    expect(status).not.toBe(0);
    expect(stderr + stdout).toMatch(/VisibilityTimeoutt.*Stack\/Queue/s);
    expect(exitOf('VisibilityTimeout').status).toBe(0);
  });
});

describe('layOutImage', () => {
  const image = () => {
    const asset = assetsOf(first).find((name) => filesOf(join(first, name)).includes('Dockerfile'));
    return join(first, asset ?? '');
  };

  it('puts handlers and models beside each other', () => {
    expect(readdirSync(image())).toEqual(
      expect.arrayContaining(['Dockerfile', 'assess-photo.mjs', 'models', 'models-api.mjs', 'node_modules']),
    );
  });

  it('takes of a model its weights and its card', () => {
    const kinds = filesOf(join(image(), 'models')).map((file) => file.split('/').slice(1).join('/'));
    expect(new Set(kinds)).toEqual(new Set(['card.json', 'model.onnx']));
  });

  it('takes the libraries of this machine only', () => {
    const native = filesOf(join(image(), 'node_modules')).filter((file) => /\.(node|so[.\d]*|dylib|dll)$/.test(file));
    expect(
      native.filter(
        (file) =>
          !file.includes(`${process.platform}-${process.arch}`) &&
          !file.includes(`${process.platform}/${process.arch}`),
      ),
    ).toEqual([]);
  });

  it('is a quarter of what the packages are', () => {
    const megabytes = filesOf(image()).reduce((sum, file) => sum + statSync(join(image(), file)).size, 0) / 2 ** 20;
    expect(megabytes).toBeLessThan(110);
  });
});
