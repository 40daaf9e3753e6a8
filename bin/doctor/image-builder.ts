import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fail, type Line, ok } from './line.ts';

const CHECK = 'image builder';

/** Docker's daemon answers within a second, or hangs. */
const ANSWERS_WITHIN_MS = 20_000;

/** Whether the builder of the container image works on this machine: `docker`, or the CDK's CDK_DOCKER. */
export async function imageBuilderLine(): Promise<Line> {
  const builder = process.env.CDK_DOCKER || 'docker';
  try {
    await promisify(execFile)(builder, ['info'], { timeout: ANSWERS_WITHIN_MS });
    return ok(CHECK, `${builder} works`);
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === 'ENOENT') {
      return fail(
        CHECK,
        `there is no ${builder} on this machine`,
        'Install Docker, or set CDK_DOCKER to a compatible builder.',
      );
    }
    const reason = stderr.trim().split('\n').at(-1) || 'no answer within 20 s';
    return fail(
      CHECK,
      `${builder} info fails: ${reason}`,
      `Start ${builder}, or set CDK_DOCKER to a builder that works.`,
    );
  }
}
