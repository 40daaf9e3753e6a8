import { describe, expect, it } from 'vitest';
import { loadTemplate } from '../../local/template.ts';
import { lambda, writeAssembly } from './fixtures/assembly.ts';

const PLACE = { region: 'eu-north-1', accountId: '000000000000', awsUrl: 'http://127.0.0.1:1' };
const QUEUE = { Type: 'AWS::SQS::Queue' };

type Resources = Parameters<typeof writeAssembly>[0];
const load = (resources: Resources, more = {}) => loadTemplate(writeAssembly(resources, more), PLACE);
const output = (Value: unknown, resources: Resources = {}, more = {}) =>
  load({ Jobs: QUEUE, ...resources }, { ...more, Outputs: { it: { Value } } }).outputs.it;

describe('loadTemplate', () => {
  it('resolves Ref of a queue to its URL at the gate', () => {
    expect(output({ Ref: 'Jobs' })).toBe('http://127.0.0.1:1/000000000000/fixture-Jobs');
  });

  it('resolves Fn::GetAtt written as a list or with a dot', () => {
    const arn = 'arn:aws:sqs:eu-north-1:000000000000:fixture-Jobs';
    expect([output({ 'Fn::GetAtt': ['Jobs', 'Arn'] }), output({ 'Fn::GetAtt': 'Jobs.Arn' })]).toEqual([arn, arn]);
  });

  it('gives a resource the name that its properties make up', () => {
    const named = {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'x']] } },
    };
    expect(output({ 'Fn::GetAtt': ['Named', 'QueueName'] }, { Named: named })).toBe('fixture-x');
  });

  it('resolves Fn::Sub with resources, attributes, own variables and literals', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
    const pattern = '${Jobs.QueueName} ${AWS::Region} ${own} ${!kept}';
    const substituted = output({ 'Fn::Sub': [pattern, { own: { 'Fn::Select': [1, ['a', 'b']] } }] });
    expect(substituted).toBe(`fixture-Jobs eu-north-1 b \${kept}`);
  });

  it('resolves Fn::Split, Fn::Select and Fn::Join inside one another', () => {
    expect(output({ 'Fn::Join': ['+', { 'Fn::Split': ['-', 'a-b-c'] }] })).toBe('a+b+c');
  });

  it('chooses by conditions of any depth', () => {
    const Conditions = {
      Same: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-north-1'] },
      Both: { 'Fn::And': [{ Condition: 'Same' }, { 'Fn::Not': [{ 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }] }] }] },
    };
    expect(output({ 'Fn::If': ['Both', 'yes', 'no'] }, {}, { Conditions })).toBe('yes');
  });

  it('leaves out properties and entries without a value', () => {
    expect(output([{ kept: 1, gone: { Ref: 'AWS::NoValue' } }, { Ref: 'AWS::NoValue' }])).toEqual([{ kept: 1 }]);
  });

  it('leaves out resources whose condition does not hold', () => {
    const template = load(
      { Jobs: { ...QUEUE, Condition: 'Never' } as typeof QUEUE },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );
    expect(template.resources.has('Jobs')).toBe(false);
  });

  it('keeps the Condition block of a policy statement', () => {
    const statement = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } };
    expect(output(statement)).toEqual({ Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } } });
  });

  it('finds values of mappings and the defaults of parameters', () => {
    const more = {
      Mappings: { Sizes: { small: { mb: 128 } } },
      Parameters: { Size: { Type: 'String', Default: 'small' } },
    };
    expect(output({ 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'mb'] }, {}, more)).toBe(128);
  });

  it('gives the same names at every start', () => {
    const api = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } } };
    expect(output({ Ref: 'Api' }, api)).toBe(output({ Ref: 'Api' }, api));
  });

  it('reads a function with its role', () => {
    const template = load(lambda('Echo', 'echo.handler'));
    expect(template.resources.get('Echo')?.properties.Role).toBe('arn:aws:iam::000000000000:role/fixture-EchoRole');
  });

  it.each([
    ['an unknown type', { Net: { Type: 'AWS::EC2::VPC' } }, 'Net (AWS::EC2::VPC)'],
    [
      'an unknown property',
      { Jobs: { ...QUEUE, Properties: { Colour: 'red' } } },
      'Jobs (AWS::SQS::Queue): the runner does not know Properties.Colour',
    ],
    [
      'an unknown property inside of another',
      { Jobs: { ...QUEUE, Properties: { RedrivePolicy: { deadLetterTargetArn: 'x', maxReceiveCount: 1, hue: 2 } } } },
      'Properties.RedrivePolicy.hue',
    ],
    [
      'a resource policy of an API',
      { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api', Policy: { Statement: [] } } } },
      'Api (AWS::ApiGateway::RestApi): the runner does not know Properties.Policy',
    ],
    ['an unknown intrinsic', { Jobs: { ...QUEUE, Properties: { QueueName: { 'Fn::Cidr': [] } } } }, 'Fn::Cidr'],
    [
      'an import',
      { Jobs: { ...QUEUE, Properties: { QueueName: { 'Fn::ImportValue': 'x' } } } },
      'Fn::ImportValue: imports a value of another stack',
    ],
    ['a reference to nothing', { Jobs: { ...QUEUE, Properties: { QueueName: { Ref: 'Nobody' } } } }, 'Nobody'],
    [
      'an unknown attribute',
      { Jobs: { ...QUEUE, Properties: { QueueName: { 'Fn::GetAtt': ['Other', 'Age'] } } }, Other: QUEUE },
      'attribute Age of Other',
    ],
  ])('refuses %s and names it', (_, resources, message) => {
    expect(() => load(resources)).toThrow(message);
  });
});
