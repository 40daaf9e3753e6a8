import { readFileSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** The line of a Dockerfile that names the base image: registry, repository, tag, and since the first pinning its digest. */
const BASE_IMAGE = /^ARG BASE_IMAGE=(?<registry>[^/\s]+)\/(?<repository>[^:@\s]+):(?<tag>[^@\s]+)(?:@\S+)?$/m;

/** When the digest was looked up, in the line before. */
const PINNED = /^# Pinned on .*\n/m;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** An index of the images of all platforms; the builder chooses its own. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

type Image = { readonly registry: string; readonly repository: string; readonly tag: string };

/**
 * Pins the base image of a Dockerfile to what its tag means today.
 *
 * @param protocol of the registry
 * @returns the image with its digest
 * @throws UsageError when the Dockerfile names no base image, or the registry does not answer with a digest
 */
export async function pinBaseImage(dockerfile: string, now: Date, protocol = 'https'): Promise<string> {
  const text = readFileSync(dockerfile, 'utf8');
  const { registry, repository, tag } = BASE_IMAGE.exec(text)?.groups ?? {};
  if (!registry || !repository || !tag) {
    throw new UsageError(`${dockerfile}: expected a line ARG BASE_IMAGE=registry/repository:tag, found none`);
  }
  const pinned = `${registry}/${repository}:${tag}@${await digestOf({ registry, repository, tag }, protocol)}`;
  const dated = `# Pinned on ${now.toISOString().slice(0, 10)}; \`npm run base-image\` renews it.\nARG BASE_IMAGE=${pinned}`;
  writeFileSync(dockerfile, text.replace(PINNED, '').replace(BASE_IMAGE, dated));
  return pinned;
}

/** The digest of a tag, by the registry API of the OCI distribution specification: anonymous, or with the token it offers. */
async function digestOf({ registry, repository, tag }: Image, protocol: string): Promise<string> {
  const url = `${protocol}://${registry}/v2/${repository}/manifests/${tag}`;
  const ask = (authorization?: string) =>
    fetch(url, { method: 'HEAD', headers: { accept: MANIFESTS.join(', '), ...(authorization && { authorization }) } });
  const first = await ask();
  const answer = first.status === 401 ? await ask(`Bearer ${await tokenFor(first)}`) : first;
  const digest = answer.headers.get('docker-content-digest') ?? '';
  if (answer.ok && DIGEST.test(digest)) return digest;
  throw new UsageError(`${url}: expected the digest of an image, got status ${answer.status} with digest "${digest}"`);
}

/** A token from where the registry's challenge says, e.g. `Bearer realm="https://…",service="…",scope="…"`. */
async function tokenFor({ headers }: Response): Promise<string> {
  const challenge = headers.get('www-authenticate') ?? '';
  const { realm, ...parameters } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  if (!realm) throw new UsageError(`the registry offers no token: "${challenge}"`);
  const answer = await fetch(`${realm}?${new URLSearchParams(parameters)}`);
  if (!answer.ok) throw new UsageError(`${realm}: expected a token, got status ${answer.status}`);
  const { token } = (await answer.json()) as { readonly token?: string };
  return token ?? '';
}
