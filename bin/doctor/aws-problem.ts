import { fail, type Line } from './line.ts';

/** What an AWS client throws; `code` is that of a failed connection. */
type AwsError = Error & { readonly code?: string };

type Kind = {
  /** on the error's name, code and message */
  readonly when: RegExp;
  readonly found: (message: string) => string;
  readonly todo: (permission: string) => string;
};

/** The first that matches counts. The names are those of the services' common errors, and of the SDK's own. */
const KINDS: readonly Kind[] = [
  {
    when: /Region is missing/,
    found: () => 'no Region is set',
    todo: () => 'Set it: export AWS_REGION=us-east-1, or "region" in your profile in ~/.aws/config.',
  },
  {
    when: /Region not accepted|not a valid hostname component/,
    found: (message) => message,
    todo: () => 'Set AWS_REGION to the code of a Region, such as us-east-1.',
  },
  {
    when: /RequestTimeTooSkewed|Signature (expired|not yet current)|RequestExpired/,
    found: (message) => `the clock of this machine is wrong: ${message}`,
    todo: () => 'Set the clock: AWS refuses requests that are signed more than five minutes before or after its time.',
  },
  {
    when: /ExpiredToken|(token|session).*expired/i,
    found: (message) => `the credentials have expired: ${message}`,
    todo: () => 'Renew them: aws sso login, or whatever issued them.',
  },
  {
    when: /CredentialsProviderError|Could not load credentials|Could not resolve credentials|TokenProviderError/,
    found: (message) => `no credentials were found: ${message}`,
    todo: () => 'Provide them: aws configure sso, AWS_PROFILE=…, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  {
    when: /InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|AuthFailure|OptInRequired/,
    found: (message) => `AWS does not know the credentials: ${message}`,
    todo: () =>
      'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or your profile; a Region that is not enabled in the account answers the same.',
  },
  {
    when: /AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|Forbidden/,
    found: (message) => `not allowed: ${message}`,
    todo: (permission) => `Allow ${permission} to these credentials, or ask somebody who may.`,
  },
  {
    when: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError/,
    found: (message) => `AWS cannot be reached: ${message}`,
    todo: () => 'Check the network of this machine (DNS, proxy, firewall), and the spelling of the Region.',
  },
  {
    when: /Throttl|TooManyRequests|RequestLimitExceeded/,
    found: (message) => `AWS is throttling this account: ${message}`,
    todo: () => 'Wait a minute, and try again.',
  },
];

const OTHER: Omit<Kind, 'when'> = {
  found: (message) => message,
  todo: () => 'Try again; if it stays so, look at the AWS Health Dashboard.',
};

/** A failed check of which AWS, or the way to it, is the cause. `permission` is the IAM action that the check needs. */
export function awsProblem(check: string, permission: string, error: unknown): Line {
  const { name, code, message }: AwsError = error instanceof Error ? error : new Error(String(error));
  const text = [name, code, message].join(' ');
  const { found, todo } = KINDS.find(({ when }) => when.test(text)) ?? OTHER;
  // A refused connection to several addresses has no message.
  return fail(check, found(message || (code ?? name)), todo(permission));
}

/** One check of AWS: an error is an outcome, too. */
export const checked = (check: string, permission: string, ask: () => Promise<Line>): Promise<Line> =>
  ask().catch((error: unknown) => awsProblem(check, permission, error));
