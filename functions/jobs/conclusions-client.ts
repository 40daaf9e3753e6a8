import { environment } from '../platform/environment.ts';
import type { JobRef } from '../platform/ids.ts';
import { send } from '../platform/sqs-client.ts';

const { conclusionsQueueUrl } = environment('conclusionsQueueUrl');

/** Requests a job's conclusion from `conclude-job`; repeated requests have no further effect. */
export const requestConclusion = ({ workspaceId, jobId }: JobRef): Promise<void> =>
  send(conclusionsQueueUrl, { workspaceId, jobId });
