import { environment } from '../platform/environment.ts';
import type { JobRef } from '../platform/ids.ts';
import { send } from '../platform/sqs-client.ts';

const { conclusionsQueueUrl } = environment('conclusionsQueueUrl');

/** Asks `conclude-job` to conclude a job, which it does once however often it is asked. */
export const requestConclusion = ({ workspaceId, jobId }: JobRef): Promise<void> =>
  send(conclusionsQueueUrl, { workspaceId, jobId });
