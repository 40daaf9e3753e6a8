import { setTimeout as sleep } from 'node:timers/promises';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { PROPERTY_RATING } from '../../functions/assessments/property-rating-policy.ts';
import { type Client, call, createJob, ended, submit, uploadAll } from '../journeys/client.ts';
import { documentsOf } from '../journeys/losses.ts';
import { smallPhotos } from '../journeys/photos.ts';
import { jobsTableOf, nameOf, type RunningFettle, until } from '../journeys/running-stack.ts';
import { crash } from './crash.ts';
import { askProvider, startFailingProvider, stopProvider } from './failing-provider.ts';

/** Concurrent executions of the account in these tests, as of a new account. */
export const ACCOUNT_CONCURRENCY = 10;

/** A running stack with an ended job, whose callers do not share keys. */
export type Stage = {
  readonly fettle: RunningFettle;
  readonly member: Client;
  readonly admin: Client;
  readonly endedJobId: string;
};

/** Faults that are on at the same time, because none hides the alarm of another. */
type Scene = {
  readonly begin: (stage: Stage) => Promise<void>;
  /** the traffic of one minute; default: none */
  readonly eachMinute?: (stage: Stage) => Promise<void>;
  readonly mend: (stage: Stage) => Promise<void>;
  /** how far the clock moves at a time; default: a minute, at which alarms are evaluated */
  readonly stepSeconds?: number;
};

export type SceneName =
  | 'services fail'
  | 'providers fail'
  | 'no key is found'
  | 'jobs are stuck'
  | 'DynamoDB is slow'
  | 'concurrency is used up'
  | 'a dead photo stays unread';

const WORKSPACE = 'acme';
const ALWAYS = Number.POSITIVE_INFINITY;

export async function prepare(fettle: RunningFettle): Promise<Stage> {
  const member = await fettle.client(WORKSPACE);
  const jobId = await submit(member, await smallPhotos(1));
  await ended(member, jobId);
  return { fettle, member, admin: await fettle.client(WORKSPACE, 'admin'), endedJobId: jobId };
}

const accessTableOf = (fettle: RunningFettle): string => nameOf(fettle, 'AWS::DynamoDB::Table', 'AccessTable');

const compsTableOf = (fettle: RunningFettle): string => nameOf(fettle, 'AWS::DynamoDB::Table', 'CompsTable');

const QUEUES = {
  deadPhotos: 'DeadPhotosQueue',
  conclusions: 'ConclusionsQueue',
  deadConclusions: 'ConclusionsQueueDeadLetters',
  deadDeadPhotos: 'DeadPhotosQueueDeadLetters',
} as const;

const urlOf = (fettle: RunningFettle, queue: keyof typeof QUEUES): string =>
  nameOf(fettle, 'AWS::SQS::Queue', QUEUES[queue]);

/** A message of no known shape, such as another release's. */
const sendUnreadable = (fettle: RunningFettle, queue: keyof typeof QUEUES) =>
  new SQSClient(fettle.operator).send(
    new SendMessageCommand({ QueueUrl: urlOf(fettle, queue), MessageBody: '{"of":"another release"}' }),
  );

const purge = (fettle: RunningFettle, ...queues: readonly (keyof typeof QUEUES)[]) =>
  Promise.all(
    queues.map((queue) =>
      new SQSClient(fettle.operator).send(new PurgeQueueCommand({ QueueUrl: urlOf(fettle, queue) })),
    ),
  );

function throttleIndex({ stack: { faults } }: RunningFettle, index: string): void {
  faults.add({
    service: 'dynamodb',
    resource: index,
    times: ALWAYS,
    refusal: { statusCode: 400, code: 'ProvisionedThroughputExceededException', message: 'too much' },
  });
}

function failDynamodb({ stack: { faults } }: RunningFettle, resource: string, action: string): void {
  faults.add({
    service: 'dynamodb',
    action,
    resource,
    times: ALWAYS,
    refusal: { statusCode: 500, code: 'InternalServerError', message: 'Internal server error' },
  });
}

const past = (): string => new Date(Date.now() - 1000).toISOString();

/** Functions use the machine's own clock, which tests cannot move; so the job's row is changed. */
async function makeOverdue({ fettle }: Stage, jobId: string, sweeps: number): Promise<void> {
  await documentsOf(fettle).send(
    new UpdateCommand({
      TableName: jobsTableOf(fettle),
      Key: { pk: `JOB#${WORKSPACE}#${jobId}`, sk: 'JOB' },
      UpdateExpression: 'SET startedAt = :past, deadlineAt = :past, sweeps = :sweeps',
      ExpressionAttributeValues: { ':past': past(), ':sweeps': sweeps },
    }),
  );
}

async function countAsDone({ fettle }: Stage, jobId: string, photoId: string): Promise<void> {
  await documentsOf(fettle).send(
    new UpdateCommand({
      TableName: jobsTableOf(fettle),
      Key: { pk: `JOB#${WORKSPACE}#${jobId}`, sk: 'JOB#PROGRESS' },
      UpdateExpression: 'ADD donePhotoIds :photos',
      ExpressionAttributeValues: { ':photos': new Set([photoId]) },
    }),
  );
}

/** Holds the calls of a DynamoDB action until `release`. */
function hold({ stack: { faults } }: RunningFettle, action: string, resource: string) {
  const held: (() => void)[] = [];
  const meanwhile = () => new Promise<void>((resolve) => held.push(resolve));
  faults.add({ service: 'dynamodb', action, resource, times: ALWAYS, meanwhile });
  return {
    count: () => held.length,
    release: () => {
      for (const resolve of held.splice(0)) resolve();
    },
  };
}

/** More than Api-Slow allows, less than the functions wait for an answer. */
const SLOW_MS = 2_700;

const listOf = (table: string): string => `${table}/index/newestFirst`;

let heldCalls: ReturnType<typeof hold> | undefined;
let answers: Promise<unknown>[] = [];

const releaseCalls = async ({ fettle }: Stage): Promise<void> => {
  fettle.stack.faults.clear();
  heldCalls?.release();
  await Promise.allSettled(answers);
};

export const SCENES: Readonly<Record<SceneName, Scene>> = {
  'services fail': {
    begin: async ({ fettle, member }) => {
      const photos = await smallPhotos(3, 10);
      const job = await createJob(member, photos);
      throttleIndex(fettle, listOf(jobsTableOf(fettle)));
      throttleIndex(fettle, `${accessTableOf(fettle)}/index/`);
      throttleIndex(fettle, compsTableOf(fettle));
      failDynamodb(fettle, `${jobsTableOf(fettle)}/index/unfinished`, 'dynamodb:Query');
      for (const action of ['GetObject', 'GetObjectVersion', 'ListBucket']) {
        fettle.stack.faults.failService('s3', ALWAYS, `s3:${action}`);
      }
      await uploadAll(job, photos);
      await Promise.all([sendUnreadable(fettle, 'conclusions'), sendUnreadable(fettle, 'deadPhotos')]);
    },
    eachMinute: async ({ fettle, member, admin, endedJobId }) => {
      await Promise.all([
        call(member, 'GET /jobs'),
        call(member, `GET /jobs/${endedJobId}/photos/p001/display`),
        call(admin, 'GET /admin/keys'),
        call(member, 'GET /comps?kind=collectible'),
        call(admin, 'POST /policies/property-rating/preview', { body: { document: PROPERTY_RATING.defaults } }),
        call(member, 'GET /ready'),
        crash(fettle, 'ServiceApi', () => call({ url: member.url }, 'GET /health')),
        crash(fettle, 'PredictionsApi', () => call(member, 'GET /predictions/models')),
      ]);
    },
    mend: async ({ fettle }) => {
      fettle.stack.faults.clear();
      await purge(fettle, 'deadConclusions', 'deadPhotos');
    },
  },
  'providers fail': {
    begin: ({ fettle }) => startFailingProvider(fettle),
    eachMinute: async ({ member }) => {
      await askProvider(member);
    },
    mend: stopProvider,
  },
  'no key is found': {
    begin: async ({ fettle }) => failDynamodb(fettle, accessTableOf(fettle), 'dynamodb:GetItem'),
    eachMinute: async ({ member }) => {
      await call(member, 'GET /jobs');
    },
    mend: async ({ fettle }) => fettle.stack.faults.clear(),
  },
  'jobs are stuck': {
    begin: async (stage) => {
      const [lost, unconcluded] = await Promise.all(
        [1, 2].map(async (seed) => createJob(stage.member, await smallPhotos(1, seed))),
      );
      await makeOverdue(stage, lost?.jobId ?? '', 0);
      await countAsDone(stage, unconcluded?.jobId ?? '', 'p001');
      await makeOverdue(stage, unconcluded?.jobId ?? '', 2);
    },
    mend: async () => undefined,
  },
  'DynamoDB is slow': {
    begin: async ({ fettle }) => {
      fettle.stack.faults.add({
        service: 'dynamodb',
        action: 'dynamodb:Query',
        resource: listOf(jobsTableOf(fettle)),
        times: ALWAYS,
        meanwhile: () => sleep(SLOW_MS),
      });
    },
    eachMinute: async ({ member }) => {
      await call(member, 'GET /jobs');
    },
    mend: async ({ fettle }) => fettle.stack.faults.clear(),
  },
  'concurrency is used up': {
    begin: async ({ fettle, member }) => {
      await call(member, 'GET /jobs');
      heldCalls = hold(fettle, 'dynamodb:Query', listOf(jobsTableOf(fettle)));
      answers = Array.from({ length: ACCOUNT_CONCURRENCY }, () => call(member, 'GET /jobs'));
      await until('calls hang', () => (heldCalls?.count() ?? 0) > 0);
    },
    mend: releaseCalls,
  },
  'a dead photo stays unread': {
    begin: async ({ fettle }) => {
      await sendUnreadable(fettle, 'deadPhotos');
    },
    mend: async ({ fettle }) => {
      await purge(fettle, 'deadDeadPhotos');
    },
    // Longer than the visibility timeout: each step is a delivery.
    stepSeconds: 181,
  },
};
