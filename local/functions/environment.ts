import { cpus } from 'node:os';
import { delimiter, dirname } from 'node:path';
import type { Credentials } from '../types.ts';
import type { Code } from './code.ts';

/** What a function's processes are started with. */
export type FunctionSettings = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** at most so many at once, as the template reserves; undefined for no limit of its own */
  readonly reservedConcurrency: number | undefined;
  /** the template's */
  readonly variables: { readonly [name: string]: string };
  readonly code: Code;
  readonly credentials: Credentials;
  readonly awsUrl: string;
};

/** Memory at which Lambda gives a whole CPU. */
const MB_PER_CPU = 1769;

/** I/O-bound functions wait for answers most of their time: twice the cores keep this machine busy. */
const IDLE_SHARE = 2;

/**
 * How many processes of a function this machine runs: those that the template gives a CPU of their own at most one per core.
 * Calls beyond wait for a process, since more would only be slower.
 */
export function processLimit({ memoryMb, reservedConcurrency = Number.POSITIVE_INFINITY }: FunctionSettings): number {
  const cores = cpus().length;
  return Math.max(1, Math.min(reservedConcurrency, memoryMb >= MB_PER_CPU ? cores : IDLE_SHARE * cores));
}

/** Exactly what Lambda and the template give, the address of this machine's AWS, and nothing of the shell's. */
export function environmentOf(settings: FunctionSettings, runtimeApi: string, tempDir: string): Record<string, string> {
  const { name, region, memoryMb, code, credentials, awsUrl } = settings;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    ...code.environment,
    ...settings.variables,
    _HANDLER: code.handler,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: code.taskRoot,
    LAMBDA_RUNTIME_DIR: dirname(process.execPath),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    // Of its own: neither the developer's AWS configuration nor another function's files may be seen.
    HOME: tempDir,
    TMPDIR: tempDir,
  };
}
