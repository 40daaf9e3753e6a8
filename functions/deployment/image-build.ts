import { z } from 'zod';

/** The part of a CloudFormation request that its answer needs. */
export const Asked = z.object({
  /** presigned, and valid for this request only */
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});
export type Asked = z.infer<typeof Asked>;

/** CloudFormation asks for an image, or that it be deleted. */
export const ImageRequest = Asked.extend({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResourceProperties: z.object({ imageTag: z.string().min(1) }),
});
export type ImageRequest = z.infer<typeof ImageRequest>;

/** EventBridge's event at the end of a build. */
export const BuildEnded = z.object({
  source: z.literal('aws.codebuild'),
  detail: z.object({ 'build-id': z.string() }),
});

export const ImageEvent = z.union([ImageRequest, BuildEnded]);

/** A build that has ended. */
export type Build = {
  readonly succeeded: boolean;
  /** CodeBuild's words for what failed, in the order of its phases */
  readonly complaints: readonly string[];
  /** the log's page in the AWS console */
  readonly logUrl: string | undefined;
  /** who waits for it; undefined when a person started it */
  readonly asked: Asked | undefined;
};

export type Outcome =
  | { readonly status: 'succeeded' }
  /** the reason is what the operator reads in the output of the deployment */
  | { readonly status: 'failed'; readonly reason: string };

/** CloudFormation takes answers of 4 KB. */
const LONGEST_REASON = 2000;

/** How a build ended, in words with the link to its log. */
export function outcomeOf({ succeeded, complaints, logUrl }: Build): Outcome {
  if (succeeded) return { status: 'succeeded' };
  const why = complaints.length > 0 ? complaints.join(' ') : 'CodeBuild says no more.';
  const log = logUrl === undefined ? 'It has no log.' : `Log: ${logUrl}`;
  return failed(`The build of the image failed: ${why.slice(0, LONGEST_REASON - log.length)}`, log);
}

/** A build that could not even be started. */
export const notStarted = (error: unknown): Outcome =>
  failed(`The build of the image could not be started: ${error instanceof Error ? error.message : String(error)}`);

const failed = (...sentences: readonly string[]): Outcome => ({
  status: 'failed',
  reason: sentences.join(' ').slice(0, LONGEST_REASON + 100),
});
