import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IMAGE_BUILD_COMMANDS } from '../../lib/image-build-commands.ts';

const BASE = 'public.ecr.aws/lambda/nodejs@sha256:1f';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-build-'));
  writeFileSync(join(dir, 'Dockerfile'), 'ARG BASE_IMAGE=public.ecr.aws/lambda/nodejs:24\nFROM $BASE_IMAGE\n', {
    mode: 0o600,
  });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A program that notes its arguments, then does this. */
const program = (name: string, does: string) =>
  writeFileSync(join(dir, name), `#!/bin/sh\necho "${name} $*" >>"${dir}/calls"\n${does}\n`, { mode: 0o755 });

/** Runs the commands in the shell of CodeBuild, with programs that stand for AWS's command line and Docker. */
function build({ hasImage = false, docker = '' }) {
  program('aws', `case $2 in describe-images) exit ${hasImage ? 0 : 254};; get-login-password) echo secret;; esac`);
  program('docker', `case $1 in inspect) echo ${BASE};; ${docker} esac`);
  const { status } = spawnSync('sh', ['-c', IMAGE_BUILD_COMMANDS.join('\n')], {
    cwd: dir,
    env: {
      PATH: `${dir}:${process.env.PATH}`,
      REPOSITORY_URI: '1.dkr.ecr.eu-west-1.amazonaws.com/fettle-prod-image',
      IMAGE_TAG: 'abc',
    },
  });
  const calls = existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n') : [];
  return { status, docker: calls.filter((call) => call.startsWith('docker')), calls };
}

describe('IMAGE_BUILD_COMMANDS', () => {
  it('build on the digest of the base image, and push under the tag', () => {
    const { status, docker } = build({});
    expect(status).toBe(0);
    expect(docker).toEqual([
      'docker login --username AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com',
      'docker pull --quiet public.ecr.aws/lambda/nodejs:24',
      'docker inspect --format {{index .RepoDigests 0}} public.ecr.aws/lambda/nodejs:24',
      `docker build --build-arg BASE_IMAGE=${BASE} --label org.opencontainers.image.base.name=${BASE} --tag 1.dkr.ecr.eu-west-1.amazonaws.com/fettle-prod-image:abc .`,
      'docker push --quiet 1.dkr.ecr.eu-west-1.amazonaws.com/fettle-prod-image:abc',
    ]);
  });

  it('build nothing when the repository has the image', () => {
    const { status, calls } = build({ hasImage: true });
    expect({ status, calls }).toEqual({
      status: 0,
      calls: ['aws ecr describe-images --repository-name fettle-prod-image --image-ids imageTag=abc'],
    });
  });

  it('fail when a step fails, and push nothing', () => {
    const { status, docker } = build({ docker: 'build) exit 1;;' });
    expect(status).toBe(1);
    expect(docker.at(-1)).toMatch(/^docker build/);
  });

  it('make the context readable to everyone', () => {
    build({});
    expect(statSync(join(dir, 'Dockerfile')).mode & 0o777).toBe(0o644);
  });
});
