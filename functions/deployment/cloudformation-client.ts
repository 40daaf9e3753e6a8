import type { Asked, Outcome } from './image-build.ts';

/** Answers a request of CloudFormation, which waits for it. Of several answers it takes the first. */
export async function answer(asked: Asked, outcome: Outcome): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = asked;
  const body = {
    Status: outcome.status === 'succeeded' ? 'SUCCESS' : 'FAILED',
    ...(outcome.status === 'failed' && { Reason: outcome.reason }),
    StackId,
    RequestId,
    LogicalResourceId,
    // The same for ever: another id would have CloudFormation delete the "old" image.
    PhysicalResourceId: LogicalResourceId,
  };
  // Bytes, because with a text fetch sends a Content-Type, for which the URL is not signed.
  const response = await fetch(ResponseURL, { method: 'PUT', body: Buffer.from(JSON.stringify(body)) });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}`);
}
