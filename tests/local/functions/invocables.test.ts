import { describe, expect, it } from 'vitest';
import { invocableNamed, invocablesOf, versionOf } from '../../../local/functions/invocables.ts';
import { loadTemplate } from '../../../local/template.ts';
import { alias, lambda, writeAssembly } from '../fixtures/assembly.ts';

const PLACE = { region: 'eu-north-1', accountId: '000000000000', awsUrl: 'http://127.0.0.1:1' };
const ARN = 'arn:aws:lambda:eu-north-1:000000000000:function:fixture-Tick';

const load = (more: Parameters<typeof writeAssembly>[0] = alias('Live', 'live', 'Tick')) =>
  loadTemplate(writeAssembly({ ...lambda('Tick', 'echo.handler'), ...lambda('Tock', 'echo.handler'), ...more }), PLACE);

describe('invocableNamed', () => {
  it.each([
    [ARN, 'Tick', undefined],
    ['fixture-Tick', 'Tick', undefined],
    [`${ARN}:live`, 'Live', 'live'],
    ['fixture-Tick:live', 'Live', 'live'],
    [`${ARN}:1`, 'LiveVersion', '1'],
  ])('finds %s', (name, logicalId, qualifier) => {
    const found = invocableNamed(load(), name);
    expect([found?.logicalId, found?.qualifier, found?.function.logicalId]).toEqual([logicalId, qualifier, 'Tick']);
  });

  it.each([`${ARN}:other`, 'fixture-Tock:live', 'live', 'Tick', `${ARN}:2`, ''])('finds no %s', (name) => {
    expect(invocableNamed(load(), name)).toBeUndefined();
  });
});

describe('versionOf', () => {
  it('is the published version, and $LATEST of a function that publishes none', () => {
    const invocables = invocablesOf(load());
    expect([versionOf(invocables, 'Tick'), versionOf(invocables, 'Tock')]).toEqual(['1', '$LATEST']);
  });
});

describe('invocablesOf', () => {
  const version = (FunctionName: unknown) => ({ Type: 'AWS::Lambda::Version', Properties: { FunctionName } });
  const aliasOf = (FunctionVersion: string, more = {}) => ({
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { Ref: 'Tick' }, FunctionVersion, Name: 'live', ...more },
  });

  it.each([
    [
      'a second version',
      { A: version({ Ref: 'Tick' }), B: version({ Ref: 'Tick' }) },
      'A: is the second version of its function; one runs on this machine',
    ],
    ['a version of nothing', { A: version('nothing') }, 'nothing is no function of this stack'],
    ['an alias to a version that is not published', { A: aliasOf('1') }, 'its function has no version 1'],
    ['an alias to another version', { V: version({ Ref: 'Tick' }), A: aliasOf('7') }, 'its function has no version 7'],
  ])('refuses %s', (_, resources, message) => {
    expect(() => invocablesOf(load(resources))).toThrow(message);
  });

  it('takes an alias to the unpublished code', () => {
    expect(invocablesOf(load({ A: aliasOf('$LATEST') })).map(({ logicalId }) => logicalId)).toEqual([
      'Tick',
      'Tock',
      'A',
    ]);
  });

  it('does not run an alias that routes to two versions', () => {
    const routed = aliasOf('1', { RoutingConfig: { AdditionalVersionWeights: [] } });
    expect(() => load({ V: version({ Ref: 'Tick' }), A: routed })).toThrow(
      'A (AWS::Lambda::Alias): the runner does not know Properties.RoutingConfig',
    );
  });
});
