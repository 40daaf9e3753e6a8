import { cpus } from 'node:os';
import { delimiter, dirname } from 'node:path';
import type { Credentials } from '../types.ts';
import type { Code } from './code.ts';

/** The settings of a function's processes. */
export type FunctionSettings = {
  readonly logicalId: string;
  readonly name: string;
  /** the published version, or `$LATEST` */
  readonly version: string;
  readonly region: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** the template's ReservedConcurrentExecutions; undefined without one */
  readonly reservedConcurrency: number | undefined;
  /** the template's */
  readonly variables: { readonly [name: string]: string };
  readonly code: Code;
  readonly credentials: Credentials;
  readonly awsUrl: string;
};

/** Memory at which Lambda allocates one vCPU. */
const MB_PER_CPU = 1769;

/** I/O-bound functions wait most of their time: two processes per core use it fully. */
const IDLE_SHARE = 2;

/**
 * The most processes of a function on this machine: one per core for functions with a vCPU of their own, more for others.
 * Further calls wait for a process.
 */
export function processLimit({ memoryMb, reservedConcurrency = Number.POSITIVE_INFINITY }: FunctionSettings): number {
  const cores = cpus().length;
  return Math.max(1, Math.min(reservedConcurrency, memoryMb >= MB_PER_CPU ? cores : IDLE_SHARE * cores));
}

/** Lambda's and the template's variables and the endpoint of this machine's AWS; none of the shell's variables. */
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
    AWS_LAMBDA_FUNCTION_VERSION: settings.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: code.taskRoot,
    ...(code.layerPaths.length > 0 && { NODE_PATH: code.layerPaths.join(delimiter) }),
    LAMBDA_RUNTIME_DIR: dirname(process.execPath),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    // A folder of its own hides the developer's AWS configuration and other functions' files.
    HOME: tempDir,
    TMPDIR: tempDir,
  };
}
