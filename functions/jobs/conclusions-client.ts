import { environment } from '../platform/environment.ts';
import type { JobRef } from '../platform/ids.ts';
import { send } from '../platform/sqs-client.ts';

const { conclusionsQueueUrl } = environment('conclusionsQueueUrl');

/** Passes a job on to `conclude-job`, which concludes it once however often it is passed on. */
export const passOn = ({ workspaceId, jobId }: JobRef): Promise<void> =>
  send(conclusionsQueueUrl, { workspaceId, jobId });
