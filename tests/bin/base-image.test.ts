import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinBaseImage } from '../../bin/base-image.ts';

const DIGEST = `sha256:${'a1'.repeat(32)}`;
const NOW = new Date('2026-11-29T12:00:00Z');

let dir: string;
let dockerfile: string;
let registry: string;
/** what the registry answers whoever has the token */
let digest: string | undefined;

/** A registry that gives a token to everyone and answers nobody without it. */
const server = createServer((request, response) => {
  const asked = new URL(request.url ?? '', `http://${registry}`);
  if (asked.pathname === '/token/') {
    const token = `for ${asked.searchParams.get('scope')} of ${asked.searchParams.get('service')}`;
    response.end(JSON.stringify({ token }));
  } else if (request.headers.authorization !== 'Bearer for pull of the registry') {
    const challenge = `Bearer realm="http://${registry}/token/",service="the registry",scope="pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  } else if (digest !== undefined && asked.pathname === '/v2/lambda/nodejs/manifests/24') {
    response.writeHead(200, { 'docker-content-digest': digest }).end();
  } else {
    response.writeHead(404).end();
  }
});

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-base-image-'));
  dockerfile = join(dir, 'Dockerfile');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  digest = DIGEST;
  writeFileSync(dockerfile, `# The image.\nARG BASE_IMAGE=${registry}/lambda/nodejs:24\nFROM $BASE_IMAGE\n`);
});
afterEach(async () => {
  rmSync(dir, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

const text = () => readFileSync(dockerfile, 'utf8');

describe('pinBaseImage', () => {
  it('writes what the tag means today into the Dockerfile, with the date', async () => {
    expect(await pinBaseImage(dockerfile, NOW, 'http')).toBe(`${registry}/lambda/nodejs:24@${DIGEST}`);
    expect(text().split('\n')).toEqual([
      '# The image.',
      '# Pinned on 2026-11-29; `npm run base-image` renews it.',
      `ARG BASE_IMAGE=${registry}/lambda/nodejs:24@${DIGEST}`,
      'FROM $BASE_IMAGE',
      '',
    ]);
  });

  it('replaces an older digest and its date', async () => {
    await pinBaseImage(dockerfile, new Date('2026-01-01T00:00:00Z'), 'http');
    digest = `sha256:${'b2'.repeat(32)}`;
    await pinBaseImage(dockerfile, NOW, 'http');
    expect([text().includes(digest), text().includes(DIGEST), text().match(/Pinned on/g)?.length]).toEqual([
      true,
      false,
      1,
    ]);
  });

  it('changes nothing when the registry has no such tag', async () => {
    digest = undefined;
    const before = text();
    await expect(pinBaseImage(dockerfile, NOW, 'http')).rejects.toThrow(
      'manifests/24: expected the digest of an image, got status 404',
    );
    expect(text()).toBe(before);
  });

  it('changes nothing when the answer is no digest', async () => {
    digest = 'latest';
    await expect(pinBaseImage(dockerfile, NOW, 'http')).rejects.toThrow('got status 200 with digest "latest"');
  });

  it('names a Dockerfile without a base image', async () => {
    writeFileSync(dockerfile, 'FROM scratch\n');
    await expect(pinBaseImage(dockerfile, NOW, 'http')).rejects.toThrow(
      'expected a line ARG BASE_IMAGE=registry/repository:tag',
    );
  });
});
