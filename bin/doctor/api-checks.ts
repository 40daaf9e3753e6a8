import { Readiness } from '../../functions/operations/models-contract.ts';
import { SERVICE_API } from '../../functions/operations/service-contract.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { fail, type Line, ok, warn } from './line.ts';

/** Longer than the timeout of any function and the start of its container. */
const ANSWERS_WITHIN_MS = 30_000;

const CHECK_AGAIN = 'Run this again in a minute; then read the log of the function and its alarms in docs/runbook.md.';

/** Whether the API answers, and in which version. */
export async function healthLine(apiUrl: string): Promise<Line> {
  const answer = await ask(`${apiUrl}/health`);
  if ('problem' in answer) return fail('health', `${apiUrl}: ${answer.problem}`, CHECK_AGAIN);
  const health = SERVICE_API.getHealth.reply.safeParse(answer.body);
  if (!health.success) return fail('health', `${apiUrl}/health answered ${answer.status}: ${answer.text}`, CHECK_AGAIN);
  const { version, environment } = health.data;
  const found = `${apiUrl} answers: version ${version}, environment ${environment}`;
  if (version === packageJson.version) return ok('health', found);
  return warn('health', found, `This is version ${packageJson.version}: deploy it, or check out the other.`);
}

/** Whether everything works that a job needs. */
export async function readyLine(apiUrl: string): Promise<Line> {
  const answer = await ask(`${apiUrl}/ready`);
  if ('problem' in answer) return fail('ready', answer.problem, CHECK_AGAIN);
  const readiness = Readiness.safeParse(answer.body);
  if (!readiness.success)
    return fail('ready', `${apiUrl}/ready answered ${answer.status}: ${answer.text}`, CHECK_AGAIN);
  const checks = Object.entries(readiness.data.checks);
  const failed = checks.filter(([, { status }]) => status !== 'ok').map(([name]) => name);
  if (failed.length === 0) return ok('ready', `${checks.map(([name]) => name).join(', ')} work`);
  return fail(
    'ready',
    `does not work: ${failed.join(', ')}`,
    'Find the error in the log of models-api, at level ERROR.',
  );
}

type Answer = { readonly status: number; readonly text: string; readonly body: unknown };

/** One GET without a key; `problem` when nothing answers. */
async function ask(url: string): Promise<Answer | { readonly problem: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const text = await response.text();
    return { status: response.status, text, body: jsonIn(text) };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a `fetch` failed: its own message is "fetch failed". */
export function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const { code = undefined } = cause instanceof Error ? (cause as NodeJS.ErrnoException) : {};
  return code === undefined ? message : `${message} (${code})`;
}
