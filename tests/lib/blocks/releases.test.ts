import { App, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code, type FunctionProps, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../../functions/platform/names/environments.ts';
import { functionName } from '../../../lib/blocks/function-parts.ts';
import { Releases } from '../../../lib/blocks/releases.ts';
import { environmentNamed } from '../../../lib/environments.ts';
import { CDK_FEATURES } from '../../../lib/synthesize.ts';
import { referencesIn } from '../flattened.ts';
import { needsIn, templateOf } from '../synthesized.ts';

const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const VersionOf = (id: string | undefined) => ({ 'Fn::GetAtt': [id, 'Version'] });

describe.each(ENVIRONMENT_NAMES)('the releases in %s', (name) => {
  const template = templateOf(name);
  const lambdas = template
    .all('AWS::Lambda::Function', { FunctionName: z.string() })
    // CloudFormation invokes it while it deploys.
    .filter(({ props }) => props.FunctionName !== functionName(environmentNamed(name), 'deployment/build-image'));
  const versions = template.all('AWS::Lambda::Version', { FunctionName: Ref });
  const aliases = template.all('AWS::Lambda::Alias', { FunctionName: Ref, FunctionVersion: GetAtt, Name: z.string() });
  const groups = template.all('AWS::CodeDeploy::DeploymentGroup', {
    DeploymentGroupName: z.string(),
    DeploymentConfigName: z.string(),
    AlarmConfiguration: z.object({ Enabled: z.literal(true), Alarms: z.array(z.object({ Name: Ref })) }),
    AutoRollbackConfiguration: z.object({ Enabled: z.literal(true), Events: z.array(z.string()) }),
  });
  const alarms = template.all('AWS::CloudWatch::Alarm', { AlarmName: z.unknown(), Metrics: z.unknown().optional() });

  const released = lambdas.map(({ id, props: { FunctionName } }) => ({
    functionId: id,
    name: FunctionName,
    version: versions.find(({ props }) => props.FunctionName.Ref === id),
    alias: aliases.find(({ props }) => props.FunctionName.Ref === id),
    group: groups.find(({ props }) => props.DeploymentGroupName === FunctionName),
  }));

  it('are of every function that serves: one version, to which the alias `live` points', () => {
    expect(released.map(({ alias }) => [alias?.props.Name, alias?.props.FunctionVersion])).toEqual(
      released.map(({ version }) => ['live', VersionOf(version?.id)]),
    );
    expect([versions.length, aliases.length, groups.length]).toEqual(lambdas.map(() => lambdas.length).slice(0, 3));
  });

  it('leave no way to a function past its alias', () => {
    const callers = [
      'AWS::Lambda::Permission',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Events::Rule',
      'AWS::ApiGateway::Method',
      'AWS::ApiGateway::Authorizer',
    ].flatMap((type) => template.all(type, {}));
    const invoked = callers.flatMap(({ Properties }) => referencesIn(Properties));
    expect(lambdas.filter(({ id }) => invoked.includes(id))).toEqual([]);
    expect(aliases.filter(({ id }) => !invoked.includes(id))).toEqual([]);
  });

  it('shift by the environment’s rule', () => {
    const expected = {
      dev: 'CodeDeployDefault.LambdaAllAtOnce',
      staging: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      prod: 'CodeDeployDefault.LambdaLinear10PercentEvery3Minutes',
    }[name];
    expect(new Set(groups.map(({ props }) => props.DeploymentConfigName))).toEqual(new Set([expected]));
  });

  it('shift each alias by its own group', () => {
    const policies = aliases.map(({ id, UpdatePolicy }) => [id, UpdatePolicy]);
    const [application] = template.all('AWS::CodeDeploy::Application', {});
    const expected = released.map(({ alias, group }) => [
      alias?.id,
      {
        CodeDeployLambdaAliasUpdate: {
          ApplicationName: { Ref: application?.id },
          DeploymentGroupName: { Ref: group?.id },
        },
      },
    ]);
    expect(Object.fromEntries(policies)).toEqual(Object.fromEntries(expected));
  });

  it('shift back when a deployment fails, is stopped, or the alarm is on', () => {
    expect(groups.map(({ props }) => props.AutoRollbackConfiguration.Events.sort())).toEqual(
      groups.map(() => ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']),
    );
  });

  it('watch the failures of the new version only', () => {
    const watched = released.map(({ group, name: functionName, version }) => {
      const [alarm] = alarms.filter(({ id }) =>
        group?.props.AlarmConfiguration.Alarms.some(({ Name }) => Name.Ref === id),
      );
      return [alarm?.props, functionName, version?.id] as const;
    });
    for (const [alarm, functionName, versionId] of watched) {
      const own = { Name: 'ExecutedVersion', Value: VersionOf(versionId) };
      const metric = (Namespace: string, MetricName: string, ...others: readonly object[]) =>
        expect.objectContaining({
          MetricStat: expect.objectContaining({
            Metric: {
              Namespace,
              MetricName,
              Dimensions: expect.toSatisfy((dimensions: readonly unknown[]) => {
                expect(dimensions).toHaveLength(others.length + 2);
                expect(dimensions).toEqual(
                  expect.arrayContaining([own, { Name: 'FunctionName', Value: functionName }, ...others]),
                );
                return true;
              }),
            },
          }),
        });
      expect(alarm?.Metrics).toEqual([
        expect.objectContaining({ Expression: 'FILL(m0, 0) + FILL(m1, 0)' }),
        metric('AWS/Lambda', 'Errors', { Name: 'Resource', Value: `${functionName}:live` }),
        metric('Fettle', 'Failure', { Name: 'environment', Value: name }),
      ]);
      // A new version has a new alarm, which is not on.
      expect(JSON.stringify(alarm?.AlarmName)).toContain(JSON.stringify(VersionOf(versionId)));
    }
    expect(watched.length).toBe(lambdas.length);
  });

  it('begin when the group knows the new version’s alarm', () => {
    const needs = needsIn(template.stacks[0]);
    const early = released.filter(({ alias, group }) => {
      const alarmIds = group?.props.AlarmConfiguration.Alarms.map(({ Name }) => Name.Ref) ?? [];
      const waits = needs[alias?.id ?? '']?.includes(group?.id ?? '');
      return !(waits && alarmIds.length === 1 && alarmIds.every((id) => needs[group?.id ?? '']?.includes(id)));
    });
    expect(early).toEqual([]);
  });

  it('publish no version when the same is deployed again', () => {
    const again = templateOf(name).all('AWS::Lambda::Version', {});
    expect(again.map(({ id }) => id)).toEqual(versions.map(({ id }) => id));
  });

  it('keep versions, but for those of a deployment that fails', () => {
    expect(new Set(versions.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['RetainExceptOnCreate']));
  });

  it('let CodeDeploy shift the aliases of this stack’s functions, and read alarms', () => {
    const [role] = template
      .all('AWS::IAM::Role', { AssumeRolePolicyDocument: z.unknown(), Policies: z.unknown().optional() })
      .filter(({ props }) => JSON.stringify(props.AssumeRolePolicyDocument).includes('codedeploy.amazonaws.com'));
    const statements = [
      { Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        Resource: { 'Fn::Join': ['', expect.arrayContaining([`:function:fettle-${name}-*`])] },
      },
    ];
    expect(role?.props.Policies).toEqual([
      expect.objectContaining({ PolicyDocument: { Version: expect.anything(), Statement: statements } }),
    ]);
  });
});

describe('Releases', () => {
  type Change = {
    readonly props?: Partial<FunctionProps>;
    readonly after?: (lambda: LambdaFunction) => void;
  };

  /** The template of one released function, which is changed. */
  function synthesized({ props = {}, after }: Change = {}): Template {
    const stack = new Stack(new App({ context: CDK_FEATURES }), 'S');
    const lambda = new LambdaFunction(stack, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('1'),
      memorySize: 256,
      ...props,
    });
    new Releases(stack, 'Releases', environmentNamed('prod')).liveAlias(stack, { lambda, name: 'f' });
    // As other capabilities do, which are made later.
    after?.(lambda);
    return Template.fromStack(stack);
  }

  const versionIn = (change?: Change) => Object.keys(synthesized(change).findResources('AWS::Lambda::Version'))[0];

  it.each<[string, Change]>([
    ['code', { props: { code: Code.fromInline('2') } }],
    ['memory', { props: { memorySize: 512 } }],
    [
      'an environment variable, also one that is set later',
      { after: (lambda) => lambda.addEnvironment('TABLE', 'jobs') },
    ],
  ])('publish another version when the function changes: %s', (_, change) => {
    expect(versionIn(change)).not.toBe(versionIn());
  });

  it.each<[string, Change]>([
    ['nothing', {}],
    ['a tag', { after: (lambda) => Tags.of(lambda).add('a', 'b') }],
    ['reserved concurrency', { props: { reservedConcurrentExecutions: 5 } }],
  ])('publish no other version when what a version holds stays the same: %s', (_, change) => {
    expect(versionIn(change)).toBe(versionIn());
  });

  it('keep the alias when the version changes', () => {
    const aliasIn = (change?: Change) => Object.keys(synthesized(change).findResources('AWS::Lambda::Alias'));
    expect(aliasIn({ props: { memorySize: 512 } })).toEqual(aliasIn());
  });

  it('end at one failure within a minute', () => {
    synthesized().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 0,
      EvaluationPeriods: 1,
      Metrics: Match.arrayWith([Match.objectLike({ MetricStat: Match.objectLike({ Period: 60 }) })]),
    });
  });
});
