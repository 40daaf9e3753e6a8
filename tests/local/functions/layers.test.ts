import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layerPaths } from '../../../local/functions/layers.ts';
import { LambdaFunction } from '../../../local/template/known/compute.ts';
import type { Template } from '../../../local/types.ts';
import { fixtureTemplate } from '../fixture-template.ts';
import { freshDirectory } from '../fixtures/assembly.ts';

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:layer:${name}:1`;

/** A template with layers of these files, each with its text. */
function withLayers(layers: { readonly [name: string]: { readonly [file: string]: string } }): Template {
  const resources = Object.keys(layers).map((name) => [
    name,
    {
      type: 'AWS::Lambda::LayerVersion',
      arn: arnOf(name),
      properties: { Content: { S3Bucket: 'assets', S3Key: `${name}.zip` } },
    },
  ]);
  const assets = Object.entries(layers).map(([name, files]) => {
    const path = join(freshDirectory(), `asset.${name}`);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    }
    return { kind: 'file' as const, objectKey: `${name}.zip`, path };
  });
  return { ...fixtureTemplate(Object.fromEntries(resources)), assets };
}

function paths(template: Template, layers: readonly string[]) {
  const properties = LambdaFunction.parse({
    Role: 'role',
    Code: { ZipFile: '' },
    Runtime: 'nodejs24.x',
    Layers: layers.map(arnOf),
  });
  return layerPaths(properties, template, freshDirectory(), 'Price (AWS::Lambda::Function)');
}

describe('layerPaths', () => {
  it('lays layers out in their order, so that of equal files the last one counts', () => {
    const template = withLayers({
      first: { 'nodejs/node_modules/a/index.js': 'first', 'nodejs/node_modules/b/index.js': 'b' },
      second: { 'nodejs/node_modules/a/index.js': 'second' },
    });
    const [folder = ''] = paths(template, ['first', 'second']);
    expect(readFileSync(join(folder, 'a/index.js'), 'utf8')).toBe('second');
    expect(readFileSync(join(folder, 'b/index.js'), 'utf8')).toBe('b');
    const [turned = ''] = paths(template, ['second', 'first']);
    expect(readFileSync(join(turned, 'a/index.js'), 'utf8')).toBe('first');
  });

  it('leaves the assets as they were', () => {
    const template = withLayers({
      first: { 'nodejs/node_modules/a/index.js': 'first' },
      second: { 'nodejs/node_modules/a/index.js': 'second' },
    });
    paths(template, ['first', 'second']);
    const [first = ''] = template.assets.map((asset) => (asset.kind === 'file' ? asset.path : ''));
    expect(readFileSync(join(first, 'nodejs/node_modules/a/index.js'), 'utf8')).toBe('first');
  });

  it('prefers packages for the version of Node', () => {
    const template = withLayers({
      one: { 'nodejs/node_modules/a/index.js': '', 'nodejs/node24/node_modules/a/index.js': '' },
    });
    expect(paths(template, ['one']).map((path) => path.replace(/^.*\/nodejs/, 'nodejs'))).toEqual([
      'nodejs/node24/node_modules',
      'nodejs/node_modules',
    ]);
  });

  it('refuses a layer that is not in the template', () => {
    expect(() => paths(withLayers({}), ['lost'])).toThrow(
      `Price (AWS::Lambda::Function): its layer ${arnOf('lost')} is not in the template`,
    );
  });

  it('refuses what it does not provide, rather than ignore it', () => {
    const template = withLayers({ tools: { 'bin/tool': '' } });
    expect(() => paths(template, ['tools'])).toThrow('the runner provides nodejs/ of a layer, and not bin');
  });
});
