import type { z } from 'zod';
import { deploymentHandler } from '../platform/deployment-handler.ts';
import { log } from '../platform/observability.ts';
import { answer } from './cloudformation-client.ts';
import { ImageEvent, type ImageRequest, notStarted, outcomeOf } from './image-build.ts';
import { findBuild, startBuild } from './image-builds-client.ts';

/**
 * Has the image built in the account when CloudFormation asks for it, and answers when the build has ended, however it did.
 *
 * Safe to run twice: a request starts one build, a build of an image that exists ends at once, and CloudFormation takes the
 * first answer.
 */
async function buildImage(event: z.infer<typeof ImageEvent>): Promise<void> {
  if (!('detail' in event)) return startOrAnswer(event);
  const build = await findBuild(event.detail['build-id']);
  const outcome = outcomeOf(build);
  log.info('Build ended', { outcome });
  if (build.asked) await answer(build.asked, outcome);
}

/** The images are deleted with their repository. */
async function startOrAnswer(request: ImageRequest): Promise<void> {
  if (request.RequestType === 'Delete') return answer(request, { status: 'succeeded' });
  await startBuild(request.ResourceProperties.imageTag, request).catch((error: unknown) =>
    answer(request, notStarted(error)),
  );
}

export const handler = deploymentHandler(ImageEvent, buildImage);
