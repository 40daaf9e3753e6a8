import { describe, expect, it } from 'vitest';
import { readPermissions } from '../../../local/gate/permissions.ts';
import { permission } from '../../../local/gate/service-request.ts';
import type { JsonObject } from '../../../local/types.ts';
import { allow, fixtureRole, fixtureTemplate } from '../fixture-template.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:work';
const document = (...Statement: JsonObject[]) => ({ Version: '2012-10-17', Statement });
const send = permission('sqs:SendMessage', ARN);
const holder = { kind: 'role', roleLogicalId: 'R' } as const;
const isAllowed = (resources: Parameters<typeof fixtureTemplate>[0]) =>
  readPermissions(fixtureTemplate(resources)).refusal(holder, 'sqs', send) === undefined;

describe('readPermissions', () => {
  it('reads policies attached to the role by name', () => {
    const policy = (Roles: string[]) => ({
      type: 'AWS::IAM::Policy',
      properties: { PolicyName: 'P', PolicyDocument: document(allow('sqs:SendMessage', ARN)), Roles },
    });
    expect(isAllowed({ ...fixtureRole('R'), P: policy(['R']) })).toBe(true);
    expect(isAllowed({ ...fixtureRole('R'), P: policy(['Other']) })).toBe(false);
  });

  it('reads managed policies that the role names', () => {
    const arn = 'arn:aws:iam::000000000000:policy/M';
    const role = {
      R: { type: 'AWS::IAM::Role', arn: 'arn:aws:iam::000000000000:role/R', properties: { ManagedPolicyArns: [arn] } },
    };
    const policy = {
      type: 'AWS::IAM::ManagedPolicy',
      physicalId: arn,
      properties: { PolicyDocument: document(allow('sqs:*', '*')) },
    };
    expect(isAllowed({ ...role, M: policy })).toBe(true);
  });

  it('names a managed policy that it does not know', () => {
    const properties = { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
    const template = fixtureTemplate({
      R: { type: 'AWS::IAM::Role', arn: 'arn:aws:iam::000000000000:role/R', properties },
    });
    expect(() => readPermissions(template)).toThrow(
      'R (AWS::IAM::Role) Properties.ManagedPolicyArns: the policy arn:aws:iam::aws:policy/AdministratorAccess',
    );
  });

  it('reads a queue’s policy by the queue’s URL, and its Deny of plain http as not meant for this machine', () => {
    const statement = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: ARN };
    const queuePolicy = (...statements: JsonObject[]) => ({
      type: 'AWS::SQS::QueuePolicy',
      properties: { Queues: ['http://127.0.0.1:4000/000000000000/work'], PolicyDocument: document(...statements) },
    });
    const role = fixtureRole('R', allow('sqs:SendMessage', ARN));
    expect(isAllowed({ ...role, P: queuePolicy(statement) })).toBe(false);
    const plainHttp = { ...statement, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(isAllowed({ ...role, P: queuePolicy(plainHttp) })).toBe(true);
  });

  it('lets the operator do everything', () => {
    const { refusal } = readPermissions(fixtureTemplate({}));
    expect(refusal({ kind: 'operator' }, 'sqs', send)).toBeUndefined();
  });
});
