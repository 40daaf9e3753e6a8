import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer of the server; a text is XML, an object JSON. */
export type Reply = { readonly status?: number; readonly body: string | object; readonly errorType?: string };

/** What is asked, e.g. `DescribeStacks fettle-prod`: the operation and, of some, what it is about. */
export type Replies = Readonly<Record<string, Reply | undefined>>;

/** A server that answers in the wire formats of AWS's services, for the clients of the doctor. */
export type AwsServer = {
  readonly url: string;
  /** the operations asked, in their order */
  readonly asked: string[];
  /** replies that differ from the usual ones */
  replies: Replies;
  readonly close: () => void;
};

/** An error in the AWS query protocol (STS, CloudFormation, SNS). */
export const xmlError = (code: string, message: string, status = 400): Reply => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

/** An error in AWS's JSON protocols (SSM, CloudWatch, DynamoDB), and in REST with JSON (Lambda, API Gateway). */
export const jsonError = (type: string, message: string, status = 400): Reply => ({
  status,
  errorType: type,
  body: { __type: type, message, Message: message },
});

const xml = (operation: string, result: string): Reply => ({
  body: `<${operation}Response><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`,
});

/** One deployed stack. */
export const stackReply = (name: string, status: string, outputs: Readonly<Record<string, string>> = {}): Reply =>
  xml(
    'DescribeStacks',
    `<Stacks><member><StackName>${name}</StackName><CreationTime>2026-11-22T09:30:00Z</CreationTime><StackStatus>${status}</StackStatus><Outputs>${Object.entries(
      outputs,
    )
      .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
      .join('')}</Outputs></member></Stacks>`,
  );

export const subscribersReply = (...subscribers: readonly { arn: string; endpoint: string }[]): Reply =>
  xml(
    'ListSubscriptionsByTopic',
    `<Subscriptions>${subscribers
      .map(
        ({ arn, endpoint }) =>
          `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint></member>`,
      )
      .join('')}</Subscriptions>`,
  );

const executions = (limit: number, unreserved = limit): Reply => ({
  body: { AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } },
});
export const accountSettings = executions;

export const bootstrapVersion = (version: string): Reply => ({ body: { Parameter: { Value: version } } });

/** An account that is ready for a first deployment. */
const USUAL: Replies = {
  GetCallerIdentity: xml(
    'GetCallerIdentity',
    '<Arn>arn:aws:iam::123456789012:user/operator</Arn><UserId>u</UserId><Account>123456789012</Account>',
  ),
  GetAccountSettings: executions(1000),
  GetParameter: bootstrapVersion('30'),
};

const noStack = (name: string): Reply => xmlError('ValidationError', `Stack with id ${name} does not exist`);

/** What a request asks for, by the protocol of its service. */
function askedIn({ headers, url = '', method }: IncomingMessage, body: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.')[1] ?? '';
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  if (action !== null) return [action, form.get('StackName') ?? form.get('TopicArn')].filter(Boolean).join(' ');
  return url.includes('account-settings') ? 'GetAccountSettings' : `${method} ${url}`;
}

const usualReply = (asked: string): Reply => {
  const [operation = '', of = ''] = asked.split(' ');
  return USUAL[operation] ?? (operation === 'DescribeStacks' ? noStack(of) : { status: 404, body: {} });
};

export async function startAwsServer(): Promise<AwsServer> {
  const server: Server = createServer(async (request, response) => {
    const asked = askedIn(request, await text(request));
    aws.asked.push(asked);
    const { status = 200, body, errorType } = aws.replies[asked] ?? usualReply(asked);
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/xml' : 'application/json',
      ...(errorType !== undefined && { 'x-amzn-errortype': errorType }),
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const aws: AwsServer = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    replies: {},
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return aws;
}
