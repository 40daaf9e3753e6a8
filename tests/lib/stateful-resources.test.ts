import { CfnResource } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { recordedResources, refuseLostData, statefulResourcesOf } from '../../lib/stateful-resources.ts';
import { fettleStack } from './synthesized.ts';

/** What prod's stack has after a change of one of its resources. */
function afterChange(path: string, change: (resource: CfnResource) => void) {
  const { app, stack, outDir, remove } = fettleStack('prod');
  const resource = stack.node.findChild(path.split('/')[0] ?? '').node.findChild(path.split('/')[1] ?? '');
  const inner = path.split('/').slice(2);
  const child = inner.reduce((parent, id) => parent.node.findChild(id), resource).node.defaultChild;
  if (!CfnResource.isCfnResource(child)) throw new Error(`${path} has no resource`);
  change(child);
  app.synth();
  const found = statefulResourcesOf(stack, outDir);
  remove();
  return found;
}

const RECORD = recordedResources('prod');
const JOBS = 'fettle-prod/JobsJobsTable5F400743';
const MEDIA = 'fettle-prod/MediaBucket4022EBBF';

describe('refuseLostData', () => {
  it.each(ENVIRONMENT_NAMES)('has a record of exactly the tables and buckets of %s', (name) => {
    const { app, stack, outDir, remove } = fettleStack(name);
    app.synth();
    const found = statefulResourcesOf(stack, outDir);
    remove();
    expect(recordedResources(name)).toEqual(found);
    expect(() => refuseLostData(recordedResources(name), found, undefined)).not.toThrow();
  });

  it.each<[string, string, string, (resource: CfnResource) => void]>([
    ['a table that is given a name', JOBS, 'Jobs/JobsTable/Table', (it) => it.addPropertyOverride('TableName', 'jobs')],
    ['a table of another logical id', JOBS, 'Jobs/JobsTable/Table', (it) => it.overrideLogicalId('Moved')],
    [
      'a table with another sort key',
      JOBS,
      'Jobs/JobsTable/Table',
      (it) => it.addPropertyOverride('KeySchema.1.AttributeName', 'other'),
    ],
    [
      'a table whose key has another type',
      JOBS,
      'Jobs/JobsTable/Table',
      (it) => it.addPropertyOverride('AttributeDefinitions.0.AttributeType', 'N'),
    ],
    [
      'a table with a local index',
      JOBS,
      'Jobs/JobsTable/Table',
      (it) => it.addPropertyOverride('LocalSecondaryIndexes', [{ IndexName: 'local' }]),
    ],
    ['a bucket that is given a name', MEDIA, 'Media/Bucket', (it) => it.addPropertyOverride('BucketName', 'photos')],
    ['a bucket of another logical id', MEDIA, 'Media/Bucket', (it) => it.overrideLogicalId('Moved')],
  ])('refuses %s, unless it is named', (_, id, path, change) => {
    const found = afterChange(path, change);
    expect(() => refuseLostData(RECORD, found, undefined)).toThrow(`${id} was`);
    expect(() => refuseLostData(RECORD, found, undefined)).toThrow(`-c replaceData=${id}`);
    expect(() => refuseLostData(RECORD, found, 'fettle-prod/Another')).toThrow(`${id} was`);
    expect(() => refuseLostData(RECORD, found, id)).not.toThrow();
  });

  it('says what a resource was and what it would be', () => {
    const { [MEDIA]: _, ...found } = RECORD;
    expect(() => refuseLostData(RECORD, found, undefined)).toThrow(
      `${MEDIA} was Type AWS::S3::Bucket and would be removed`,
    );
  });

  it('refuses every resource of a stack that is renamed', () => {
    const renamed = Object.entries(RECORD).map(([id, identity]) => [id.replace('fettle-prod', 'other'), identity]);
    expect(() => refuseLostData(RECORD, Object.fromEntries(renamed), Object.keys(RECORD).slice(1).join())).toThrow(
      `${Object.keys(RECORD)[0]} was`,
    );
  });

  it('refuses a table or bucket without a record, which nothing would keep from being replaced', () => {
    const { [MEDIA]: _, ...record } = RECORD;
    expect(() => refuseLostData(record, RECORD, undefined)).toThrow('Run npm run stateful-resources');
  });

  it('permits what changes in place', () => {
    const found = afterChange('Jobs/JobsTable/Table', (it) => it.addPropertyOverride('BillingMode', 'PROVISIONED'));
    expect(() => refuseLostData(RECORD, found, undefined)).not.toThrow();
  });
});
