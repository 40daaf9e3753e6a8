/**
 * A Lambda runtime client for Node: loads the handler in `_HANDLER`, then gets one invocation after the other from the
 * runtime API and responds to each. It depends on Node alone, so that it also runs functions of container images.
 *
 * Handlers are async functions of (event, context), as on Lambda's Node 24, which has no callbacks.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

type Context = { readonly awsRequestId: string; readonly getRemainingTimeInMillis: () => number };
type Handler = (event: unknown, context: Context) => unknown;
type Reply = { readonly headers: IncomingMessage['headers']; readonly body: string };
type Failure = { readonly errorType: string; readonly errorMessage: string; readonly stackTrace: readonly string[] };

/** Node's exit code after an uncaught exception. */
const EXIT_CODE = 128;
const EXTENSIONS = ['.mjs', '.js', '.cjs'];

const [host = '', ...prefix] = environment('AWS_LAMBDA_RUNTIME_API').split('/');
const basePath = ['', ...prefix, '2018-06-01', 'runtime'].join('/');
const agent = new Agent({ keepAlive: true });
let currentRequestId: string | undefined;

// Ends with the runner.
if (process.channel) process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => die('Runtime.UncaughtException', error));
process.on('unhandledRejection', (error) => die('Runtime.UnhandledPromiseRejection', error));

const handler = await loadHandler().catch((error: unknown) => die('Runtime.InitError', error));
for (;;) await handleNext(handler);

async function handleNext(handle: Handler): Promise<void> {
  const { headers, body } = await call('GET', 'invocation/next');
  const requestId = String(headers['lambda-runtime-aws-request-id']);
  currentRequestId = requestId;
  process.env._X_AMZN_TRACE_ID = String(headers['lambda-runtime-trace-id'] ?? '');
  try {
    const result = await handle(JSON.parse(body), contextOf(requestId, headers));
    await call('POST', `invocation/${requestId}/response`, serialized(result));
  } catch (error) {
    const failure = failureOf(error);
    process.stderr.write(`${JSON.stringify({ level: 'ERROR', requestId, ...failure })}\n`);
    await call('POST', `invocation/${requestId}/error`, JSON.stringify(failure), failure.errorType);
  }
  currentRequestId = undefined;
}

function serialized(result: unknown): string {
  const text: string | undefined = JSON.stringify(result ?? null);
  if (text === undefined) throw named('Runtime.MarshalError', `a handler’s result is JSON, and no ${typeof result}`);
  return text;
}

function contextOf(awsRequestId: string, headers: IncomingMessage['headers']): Context & Record<string, unknown> {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: environment('AWS_LAMBDA_FUNCTION_VERSION'),
    invokedFunctionArn: String(headers['lambda-runtime-invoked-function-arn']),
    memoryLimitInMB: environment('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: environment('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: environment('AWS_LAMBDA_LOG_STREAM_NAME'),
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

/** `path/module.export` below the task root; module extensions are resolved in Lambda's order. */
async function loadHandler(): Promise<Handler> {
  const name = environment('_HANDLER');
  const [module = '', ...exported] = basename(name).split('.');
  const path = join(environment('LAMBDA_TASK_ROOT'), dirname(name), module);
  const loaded = await importAny(path, name);
  const found = exported.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], loaded);
  if (typeof found !== 'function') throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (found.length > 2) throw named('Runtime.CallbackHandlerDeprecated', `${name} takes a callback; Node 24 has none`);
  return found as Handler;
}

async function importAny(path: string, name: string): Promise<unknown> {
  for (const extension of EXTENSIONS) {
    const url = pathToFileURL(path + extension).href;
    try {
      return await import(url);
    } catch (error) {
      // A missing import of the handler's module is another error.
      if (!(isMissing(error) && error.url === url)) throw error;
    }
  }
  throw named('Runtime.ImportModuleError', `cannot find the module of ${name} at ${path}`);
}

function isMissing(error: unknown): error is Error & { url?: string } {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

/** Reports an uncaught failure and ends the process, whose state is undefined. */
async function die(errorType: string, error: unknown): Promise<never> {
  const failure = { ...failureOf(error), errorType };
  process.stderr.write(`${JSON.stringify({ level: 'FATAL', requestId: currentRequestId, ...failure })}\n`);
  const path = currentRequestId ? `invocation/${currentRequestId}/error` : 'init/error';
  await call('POST', path, JSON.stringify(failure), errorType).catch(() => undefined);
  process.exit(EXIT_CODE);
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), stackTrace: [] };
  return { errorType: error.name, errorMessage: error.message, stackTrace: (error.stack ?? '').split('\n').slice(1) };
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the runtime needs the environment variable ${name}`);
  return value;
}

function call(method: string, path: string, body?: string, errorType?: string): Promise<Reply> {
  const [hostname, port] = host.split(':');
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...(errorType !== undefined && { 'lambda-runtime-function-error-type': errorType }),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port: port ?? '80', method, path: `${basePath}/${path}`, headers });
    sent.on('error', reject);
    sent.on('response', (response) => {
      text(response).then((content) => resolve({ headers: response.headers, body: content }), reject);
    });
    sent.end(body);
  });
}
