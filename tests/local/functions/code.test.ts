import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, dropOtherCode } from '../../../local/functions/code.ts';
import { LambdaFunction } from '../../../local/template/known/compute.ts';
import type { Asset, Resource, Template } from '../../../local/types.ts';
import { freshDirectory } from '../fixtures/assembly.ts';

const DOCKERFILE = ['FROM base', 'COPY models /var/task/models', 'COPY *.mjs /var/task/', 'CMD ["first.handler"]'];

function imageDirectory(): string {
  const directory = freshDirectory();
  mkdirSync(join(directory, 'models/deep'), { recursive: true });
  writeFileSync(join(directory, 'models/deep/a.bin'), 'weights');
  for (const name of ['first.mjs', 'second.mjs', 'notes.txt']) writeFileSync(join(directory, name), name);
  writeFileSync(join(directory, 'Dockerfile'), DOCKERFILE.join('\n'));
  return directory;
}

const RESOURCE: Resource = {
  logicalId: 'Look',
  type: 'AWS::Lambda::Function',
  properties: {},
  physicalId: 'look',
  attributes: {},
  dependsOn: [],
};

const inAssembly = (): Asset => ({
  kind: 'image',
  imageTag: 'tag1',
  directory: imageDirectory(),
  dockerFile: 'Dockerfile',
  buildArgs: {},
});

function code(properties: object, asset = inAssembly(), workDir = freshDirectory()) {
  const template: Template = {
    stackName: 'fixture',
    region: 'us-east-1',
    accountId: '000000000000',
    partition: 'aws',
    resources: new Map(),
    outputs: {},
    assets: [asset],
  };
  return codeOf(RESOURCE, LambdaFunction.parse({ Role: 'role', ...properties }), template, workDir);
}

const IMAGE = { Code: { ImageUri: '1.dkr.ecr.us-east-1.amazonaws.com/assets:tag1' } };

describe('codeOf', () => {
  it('lays an image out as its Dockerfile does', () => {
    const { taskRoot } = code(IMAGE);
    expect(readFileSync(join(taskRoot, 'models/deep/a.bin'), 'utf8')).toBe('weights');
  });

  it('leaves out what the Dockerfile does not copy', () => {
    const { taskRoot } = code(IMAGE);
    expect([existsSync(join(taskRoot, 'second.mjs')), existsSync(join(taskRoot, 'notes.txt'))]).toEqual([true, false]);
  });

  it('takes the handler of the image', () => {
    expect(code(IMAGE).handler).toBe('first.handler');
  });

  it('holds an image that installs nothing to its build context', () => {
    expect(code(IMAGE).installsPackages).toBe(false);
  });

  it('takes a file asset of the tag’s name for the build context of an image that the stack builds', () => {
    const { taskRoot } = code(IMAGE, { kind: 'file', objectKey: 'tag1.zip', path: imageDirectory() });
    expect(readFileSync(join(taskRoot, 'models/deep/a.bin'), 'utf8')).toBe('weights');
  });

  it('prefers the template’s command to the image’s', () => {
    expect(code({ ...IMAGE, ImageConfig: { Command: ['second.handler'] } }).handler).toBe('second.handler');
  });

  it('writes inline code where its handler is looked for', () => {
    const { taskRoot } = code({ Code: { ZipFile: 'exports.handler = async () => 1' }, Handler: 'index.handler' });
    expect(readFileSync(join(taskRoot, 'index.js'), 'utf8')).toBe('exports.handler = async () => 1');
  });

  it('refuses layers of an image, as Lambda does', () => {
    expect(() => code({ ...IMAGE, Layers: ['arn'] })).toThrow('a function of an image has no layers');
  });

  it('names the function whose image is missing', () => {
    const other = { Code: { ImageUri: '1.dkr.ecr.us-east-1.amazonaws.com/assets:tag2' } };
    expect(() => code(other)).toThrow(
      'Look (AWS::Lambda::Function): the assembly has neither an image nor a build context',
    );
  });
});

describe('dropOtherCode', () => {
  it('keeps what is used, and nothing else', () => {
    const workDir = freshDirectory();
    const used = code(IMAGE, inAssembly(), workDir);
    mkdirSync(join(workDir, 'tag0'));
    dropOtherCode(workDir, [used]);
    expect([existsSync(join(workDir, 'tag0')), existsSync(used.taskRoot)]).toEqual([false, true]);
  });
});
