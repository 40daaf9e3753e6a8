import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../../functions/platform/names/environments.ts';
import { type SynthesizedTemplate, templateOf } from '../synthesized.ts';

const List = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = {
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({
    Statement: z.array(
      z.looseObject({
        Effect: z.string(),
        Action: List,
        Resource: z.unknown().optional(),
        Condition: z.record(z.string(), z.record(z.string(), List)).default({}),
      }),
    ),
  }),
};

const FUNCTIONS =
  /^(?:Workspaces|Jobs|Pipeline|Policies|Valuations|Operations)([A-Z][a-zA-Z]+?)Role|^(Image(?:Build)?)Role/;

/** The permissions of each function, by its construct's name. */
function permissions(template: SynthesizedTemplate): Record<string, string[]> {
  const byFunction: Record<string, Set<string>> = {};
  for (const { props } of template.all('AWS::IAM::Policy', Policy)) {
    const [, inCapability, ofImage] = FUNCTIONS.exec(props.Roles[0]?.Ref ?? '') ?? [];
    const name = inCapability ?? ofImage ?? 'ApiGateway';
    byFunction[name] ??= new Set();
    for (const { Action, Resource, Condition } of props.PolicyDocument.Statement) {
      const limits = limitsIn(Condition);
      for (const action of Action) for (const on of namesIn(Resource)) byFunction[name].add(`${action} ${on}${limits}`);
    }
  }
  return Object.fromEntries(Object.entries(byFunction).map(([name, actions]) => [name, [...actions].sort()]));
}

/** ` if <operator> <key> <values>` for each condition of a statement. */
const limitsIn = (conditions: Record<string, Record<string, string[]>>): string =>
  Object.entries(conditions)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ` if ${operator} ${key} ${values.join(' | ')}`),
    )
    .join('');

const KINDS: readonly [RegExp, string][] = [
  [/JobsTable.*\/index\/(\w+)/, 'jobs/$1'],
  [/AccessTable.*\/index\/(\w+)/, 'access/$1'],
  [/JobsTable/, 'jobs'],
  [/AccessTable/, 'access'],
  [/CompsTable/, 'comps'],
  [/ProviderKeys/, 'provider-keys'],
  [/MediaBucket.*\/(uploads|derived|books|imports)\/\*/, '$1'],
  [/MediaBucket/, 'media'],
  [/DeadPhotosQueue/, 'dead photos'],
  [/PhotosQueue/, 'photos'],
  [/ConclusionsQueue/, 'conclusions'],
  [/ImageRepository/, 'images'],
  [/ImageProject/, 'image project'],
  [/cdk-hnb659fds-assets.*\/\w{64}\.zip/, 'build context'],
  [/cdk-hnb659fds-assets/, 'assets'],
  [/^"\*"$/, 'everything'],
  [/Log[0-9A-F]{8}/, 'own log'],
];

/** Short names of the resources of a statement, instead of CloudFormation's references. */
function namesIn(resource: unknown): string[] {
  const entries: unknown[] = Array.isArray(resource) ? resource : [resource];
  return entries.map((entry) => {
    const text = JSON.stringify(entry);
    const kind = KINDS.find(([pattern]) => pattern.test(text));
    return kind ? (kind[0].exec(text)?.[0] ?? '').replace(...kind) : text;
  });
}

const OWN_LOG = ['logs:CreateLogStream own log', 'logs:PutLogEvents own log'];
const onTable = (table: string, ...actions: string[]) => actions.map((action) => `dynamodb:${action} ${table}`);
const onRows = (begin: string, table: string, ...actions: string[]) =>
  onTable(table, ...actions).map((line) => `${line} if ForAllValues:StringLike dynamodb:LeadingKeys ${begin}*`);
const LIST_UPLOADS = 's3:ListBucket media if StringLike s3:prefix uploads/*';
const worksOn = (queue: string) =>
  ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => `sqs:${action} ${queue}`);

/** Of every function of the API: the use of keys. */
const COUNTING = onRows('USE#', 'access', 'GetItem', 'UpdateItem');

/** All permissions. A new line here is a decision. */
const GRANTED = {
  Authorize: onRows('KEY#', 'access', 'GetItem'),
  KeysApi: [
    ...COUNTING,
    ...onRows('KEY#', 'access', 'PutItem', 'UpdateItem'),
    ...onRows('WORKSPACE#', 'access', 'GetItem', 'PutItem', 'UpdateItem'),
    ...onRows('IDEMPOTENCY#', 'access', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    ...onTable('access/byWorkspace', 'Query'),
  ],
  JobsApi: [
    ...COUNTING,
    ...onRows('JOB#', 'jobs', 'PutItem', 'UpdateItem', 'Query'),
    ...onTable('jobs/newestFirst', 'Query'),
    ...onRows('IDEMPOTENCY#', 'access', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    's3:PutObject uploads',
    LIST_UPLOADS,
    'sqs:SendMessage conclusions',
  ],
  SweepJobs: [
    ...onRows('JOB#', 'jobs', 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...onTable('jobs/unfinished', 'Query'),
    LIST_UPLOADS,
    'sqs:SendMessage conclusions',
  ],
  AssessPhoto: [
    ...worksOn('photos'),
    ...onRows('JOB#', 'jobs', 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...onRows('POLICY#', 'jobs', 'Query'),
    's3:GetObject uploads',
    's3:GetObjectVersion uploads',
    's3:DeleteObjectVersion uploads',
    's3:PutObject derived',
    'sqs:SendMessage conclusions',
  ],
  DeadPhotos: [
    ...worksOn('dead photos'),
    ...onRows('JOB#', 'jobs', 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    's3:DeleteObjectVersion uploads',
    'sqs:SendMessage conclusions',
    'sqs:SendMessage photos',
  ],
  ConcludeJob: [
    ...worksOn('conclusions'),
    ...onRows('JOB#', 'jobs', 'PutItem', 'UpdateItem', 'Query'),
    ...onRows('POLICY#', 'jobs', 'Query'),
    ...onRows('COMP#', 'comps', 'Query'),
    ...onRows('COMPBOOK#', 'comps', 'GetItem'),
    's3:GetObject books',
  ],
  PicturesApi: [
    ...COUNTING,
    ...onRows('JOB#', 'jobs', 'GetItem', 'Query'),
    's3:GetObject uploads',
    's3:GetObjectVersion uploads',
    's3:PutObject derived',
    's3:GetObject derived',
    's3:ListBucket media',
  ],
  PoliciesApi: [
    ...COUNTING,
    ...onRows('POLICY#', 'jobs', 'GetItem', 'PutItem', 'Query'),
    ...onRows('JOB#', 'jobs', 'Query'),
    ...onTable('jobs/newestFirst', 'Query'),
  ],
  ValuationsApi: [
    ...COUNTING,
    ...onRows('COMP#* | COMPTITLE#', 'comps', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...onRows('PROVIDER#', 'comps', 'GetItem', 'UpdateItem'),
    ...onRows('ASKED#', 'comps', 'GetItem', 'PutItem', 'DeleteItem'),
    'secretsmanager:GetSecretValue provider-keys',
    ...onRows('COMPBOOK#', 'comps', 'GetItem'),
    ...onRows('COMPWORK#', 'comps', 'PutItem'),
    ...onRows('COMPUPLOAD#', 'comps', 'GetItem', 'PutItem'),
    's3:GetObject books',
    's3:GetObject imports',
    's3:PutObject imports',
    ...onRows('POLICY#', 'jobs', 'Query'),
    ...onRows('IDEMPOTENCY#', 'access', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
  ],
  FileComps: [
    ...onRows('COMP#* | COMPTITLE#', 'comps', 'BatchGetItem', 'PutItem', 'DeleteItem', 'Query'),
    ...onRows('COMPUPLOAD#', 'comps', 'GetItem', 'UpdateItem'),
    ...onRows('POLICY#', 'jobs', 'Query'),
    's3:GetObject imports',
    's3:PutObject imports',
    's3:ListBucket media if StringLike s3:prefix imports/*',
    ...onRows('COMPBOOK#', 'comps', 'GetItem', 'PutItem'),
    ...onRows('COMPWORK#', 'comps', 'Query', 'UpdateItem', 'DeleteItem'),
    's3:GetObject books',
    's3:PutObject books',
    's3:DeleteObject books',
  ],
  ServiceApi: COUNTING,
  ModelsApi: [
    ...COUNTING,
    ...onRows('PROBE#ready', 'jobs', 'GetItem', 'PutItem'),
    's3:ListBucket media',
    'sqs:GetQueueAttributes photos',
  ],
  Image: ['codebuild:StartBuild image project', 'codebuild:BatchGetBuilds image project'],
  // CodeBuild's, and no function's.
  ImageBuild: [
    's3:GetObject build context',
    's3:GetObjectVersion build context',
    's3:GetBucketAcl assets',
    's3:GetBucketLocation assets',
    'ecr:GetAuthorizationToken everything',
    ...[
      'BatchCheckLayerAvailability',
      'BatchGetImage',
      'CompleteLayerUpload',
      'DescribeImages',
      'InitiateLayerUpload',
      'PutImage',
      'UploadLayerPart',
    ].map((action) => `ecr:${action} images`),
  ],
};

describe.each(ENVIRONMENT_NAMES)('permissions in %s', (name) => {
  const template = templateOf(name);

  it('are these, for every function, and no others', () => {
    const { ApiGateway: _accountLog, ...functions } = permissions(template);
    const expected = Object.entries(GRANTED).map(([id, actions]) => [id, [...actions, ...OWN_LOG].sort()]);
    expect(functions).toEqual(Object.fromEntries(expected));
  });

  it('include no managed policy', () => {
    const roles = template.all('AWS::IAM::Role', { ManagedPolicyArns: z.unknown().optional() });
    expect(roles.filter(({ props }) => props.ManagedPolicyArns !== undefined)).toEqual([]);
  });

  it('have wildcards in no action', () => {
    const statements = template.all('AWS::IAM::Policy', Policy).flatMap(({ props }) => props.PolicyDocument.Statement);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('grant S3 to send notifications of the media bucket only', () => {
    const [policy] = template
      .all('AWS::SQS::QueuePolicy', { PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({})) }) })
      .flatMap(({ props }) => props.PolicyDocument.Statement)
      .filter((statement) => JSON.stringify(statement).includes('s3.amazonaws.com'));
    expect(policy).toMatchObject({
      Action: 'sqs:SendMessage',
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: {
          'aws:SourceArn': {
            'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(`fettle-${name}-mediabucket`)])],
          },
        },
      },
    });
  });
});
