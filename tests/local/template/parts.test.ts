import { describe, expect, it } from 'vitest';
import { loadTemplate } from '../../../local/template.ts';
import { lambda, type NestedTemplates, nestedStack, writeAssembly } from '../fixtures/assembly.ts';

const PLACE = { region: 'eu-north-1', accountId: '000000000000', awsUrl: 'http://127.0.0.1:1' };
const QUEUE = { Type: 'AWS::SQS::Queue' };
const ARN = 'arn:aws:sqs:eu-north-1:000000000000:fixture-Jobs';

const load = (resources: Parameters<typeof writeAssembly>[0], nested: NestedTemplates, more = {}) =>
  loadTemplate(writeAssembly(resources, more, nested), PLACE);

describe('a nested stack', () => {
  it('adds its resources to those of the whole, under the names they would have without nesting', () => {
    const template = load({ Inner: nestedStack('inner.json') }, { 'inner.json': { Resources: { Jobs: QUEUE } } });
    expect(template.resources.get('Jobs')).toMatchObject({ arn: ARN, type: 'AWS::SQS::Queue' });
  });

  it('takes parameters from the template around it, and gives outputs back', () => {
    const inner = {
      Parameters: { Suffix: { Type: 'String' } },
      Resources: { Jobs: { ...QUEUE, Properties: { QueueName: { 'Fn::Join': ['-', ['jobs', { Ref: 'Suffix' }]] } } } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] } } },
    };
    const template = load(
      { Inner: nestedStack('inner.json', { Suffix: { 'Fn::GetAtt': ['Outer', 'QueueName'] } }), Outer: QUEUE },
      { 'inner.json': inner },
      { Outputs: { it: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.Arn'] } } } },
    );
    expect(template.outputs.it).toBe('arn:aws:sqs:eu-north-1:000000000000:jobs-fixture-Outer');
  });

  it('uses the default of a parameter that is not passed', () => {
    const inner = {
      Parameters: { Name: { Type: 'String', Default: 'plain' } },
      Resources: { Jobs: { ...QUEUE, Properties: { QueueName: { Ref: 'Name' } } } },
    };
    const template = load({ Inner: nestedStack('inner.json') }, { 'inner.json': inner });
    expect(template.resources.get('Jobs')?.attributes.QueueName).toBe('plain');
  });

  it('passes outputs of one nested stack to another, whichever comes first', () => {
    const giver = { Resources: { Jobs: QUEUE }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] } } } };
    const taker = {
      Parameters: { Arn: { Type: 'String' } },
      Resources: lambda('Taker', 'echo.handler', { Environment: { Variables: { QUEUE_ARN: { Ref: 'Arn' } } } }),
    };
    const template = load(
      {
        Second: nestedStack('taker.json', { Arn: { 'Fn::GetAtt': ['First', 'Outputs.Arn'] } }),
        First: nestedStack('giver.json'),
      },
      { 'giver.json': giver, 'taker.json': taker },
    );
    expect(template.resources.get('Taker')?.properties.Environment).toEqual({ Variables: { QUEUE_ARN: ARN } });
  });

  it('may hold another', () => {
    const template = load(
      { Inner: nestedStack('inner.json') },
      {
        'inner.json': { Resources: { Innermost: nestedStack('innermost.json') } },
        'innermost.json': { Resources: { Jobs: QUEUE } },
      },
    );
    expect(template.resources.get('Jobs')?.arn).toBe(ARN);
  });

  it('keeps apart what has the same logical id elsewhere', () => {
    const inner = { Resources: { Jobs: QUEUE }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] } } } };
    const template = load(
      { Jobs: QUEUE, Inner: nestedStack('inner.json') },
      { 'inner.json': inner },
      { Outputs: { inner: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.Arn'] } } } },
    );
    expect([template.resources.get('Jobs')?.arn, template.outputs.inner]).toEqual([
      ARN,
      ARN.replace('Jobs', 'InnerJobs'),
    ]);
  });

  it('is left out with its resources when its condition does not hold', () => {
    const template = load(
      { Inner: { ...nestedStack('inner.json'), Condition: 'Never' } },
      { 'inner.json': { Resources: { Jobs: QUEUE } } },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );
    expect([...template.resources.keys()]).toEqual([]);
  });

  it('has a stack name of its own', () => {
    const inner = { Resources: {}, Outputs: { name: { Value: { Ref: 'AWS::StackName' } } } };
    const template = load(
      { Inner: nestedStack('inner.json') },
      { 'inner.json': inner },
      { Outputs: { it: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.name'] } } } },
    );
    expect(template.outputs.it).toBe('fixture-Inner');
  });

  it.each([
    ['a template that is no asset', { Inner: nestedStack('nowhere.json') }, 'holds no asset nowhere.json'],
    [
      'an output that it does not have',
      {
        Jobs: { ...QUEUE, Properties: { QueueName: { 'Fn::GetAtt': ['Inner', 'Outputs.Age'] } } },
        Inner: nestedStack('inner.json'),
      },
      'attribute Outputs.Age of Inner',
    ],
    [
      'a property that the runner does not know',
      { Inner: nestedStack('wrong.json') },
      'Wrong (AWS::SQS::Queue): the runner does not know Properties.Colour',
    ],
  ])('is refused for %s', (_, resources, message) => {
    const templates = {
      'inner.json': { Resources: {} },
      'wrong.json': { Resources: { Wrong: { ...QUEUE, Properties: { Colour: 'red' } } } },
    };
    expect(() => load(resources, templates)).toThrow(message);
  });
});
