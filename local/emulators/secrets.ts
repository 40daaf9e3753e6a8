import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { Emulator } from '../gate/forward.ts';
import { BODY_LIMIT_BYTES } from '../gate/gate-request.ts';
import { type Refusal, refuse } from '../gate/refusal.ts';
import { readSavedJson, saveJson } from '../saved-json.ts';
import { readBody } from '../state/read-body.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { inProcess } from './in-process.ts';

/** The one version of a secret, the current one. */
const Version = z.strictObject({ text: z.string(), versionId: z.string(), createdSeconds: z.number() });
const Saved = z.record(z.string(), Version);

const Input = z.object({ SecretId: z.string(), SecretString: z.string().optional() });

/** The largest value of a secret in Secrets Manager, in bytes. */
const LARGEST_BYTES = 65_536;

/**
 * Secrets Manager: the template's secrets by their ARNs. They are empty until somebody puts a value. A value is text, and is in
 * `secrets.json` of the data directory (file mode 0600); of former versions none is kept.
 */
export function startSecretEmulator(template: Template, dataDir: string): Emulator {
  const path = join(dataDir, 'secrets.json');
  const known = new Set(resourcesOf(template, 'AWS::SecretsManager::Secret').map(({ physicalId }) => physicalId));
  const versions = new Map(Object.entries(readSavedJson(path, Saved) ?? {}));

  const answerTo = (operation: string, { SecretId: ARN, SecretString }: z.infer<typeof Input>): object | Refusal => {
    if (!known.has(ARN)) return notFound("Secrets Manager can't find the specified secret.");
    const Name = nameIn(ARN);
    if (operation === 'PutSecretValue') {
      if (SecretString === undefined) return invalid('only text is supported: give SecretString');
      if (Buffer.byteLength(SecretString) > LARGEST_BYTES)
        return invalid(`SecretString exceeds ${LARGEST_BYTES} bytes`);
      const version = { text: SecretString, versionId: randomUUID(), createdSeconds: Math.floor(Date.now() / 1000) };
      versions.set(ARN, version);
      saveJson(path, Object.fromEntries(versions));
      return { ARN, Name, VersionId: version.versionId, VersionStages: ['AWSCURRENT'] };
    }
    const version = versions.get(ARN);
    if (operation === 'DescribeSecret') {
      return { ARN, Name, ...(version && { VersionIdsToStages: { [version.versionId]: ['AWSCURRENT'] } }) };
    }
    if (!version) {
      return notFound("Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
    }
    const { text, versionId, createdSeconds } = version;
    const staged = { VersionId: versionId, VersionStages: ['AWSCURRENT'] };
    return { ARN, Name, SecretString: text, CreatedDate: createdSeconds, ...staged };
  };

  return inProcess(async (request: IncomingMessage, response: ServerResponse) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const body = (await readBody(request, BODY_LIMIT_BYTES)) ?? Buffer.alloc(0);
    const input = Input.safeParse(JSON.parse(body.toString('utf8')));
    const answer = input.success
      ? answerTo(target.slice(target.lastIndexOf('.') + 1), input.data)
      : invalid('SecretId and SecretString are texts');
    if ('statusCode' in answer) return refuse(response, 'secretsmanager', answer as Refusal);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer));
  });
}

/** An ARN ends with the name, a hyphen and six characters. */
const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1, -7);

const notFound = (message: string): Refusal => ({ statusCode: 400, code: 'ResourceNotFoundException', message });
const invalid = (message: string): Refusal => ({ statusCode: 400, code: 'InvalidParameterException', message });
