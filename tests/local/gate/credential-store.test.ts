import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCredentials } from '../../../local/gate/credential-store.ts';
import { fixtureRole, fixtureTemplate } from '../fixture-template.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const one = fixtureTemplate(fixtureRole('One'));
const two = fixtureTemplate({ ...fixtureRole('One'), ...fixtureRole('Two') });

describe('openCredentials', () => {
  it('gives each role and the operator their own', () => {
    const { operator, credentialsFor } = openCredentials(two, dataDir);
    const ids = [operator, credentialsFor('One'), credentialsFor('Two')].map(({ accessKeyId }) => accessKeyId);
    expect(new Set(ids).size).toBe(3);
  });

  it('gives the same after a restart, so that forms which are out stay valid', () => {
    const before = openCredentials(one, dataDir);
    const after = openCredentials(two, dataDir);
    expect([after.operator, after.credentialsFor('One')]).toEqual([before.operator, before.credentialsFor('One')]);
  });

  it('lets nobody but the owner read them', () => {
    openCredentials(one, dataDir);
    expect(statSync(join(dataDir, 'credentials.json')).mode & 0o777).toBe(0o600);
  });

  it('finds whose an access key id is', () => {
    const { find, credentialsFor, operator } = openCredentials(one, dataDir);
    expect(find(credentialsFor('One').accessKeyId)?.holder).toEqual({ kind: 'role', roleLogicalId: 'One' });
    expect(find(operator.accessKeyId)?.holder).toEqual({ kind: 'operator' });
    expect(find('AKIAOTHER')).toBeUndefined();
  });

  it('names what is no role', () => {
    expect(() => openCredentials(one, dataDir).credentialsFor('Two')).toThrow('Two is no role of the template');
  });
});
