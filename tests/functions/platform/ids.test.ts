import { describe, expect, it } from 'vitest';
import { JobId, JobRef, PhotoId, photoIdAt, WorkspaceId } from '../../../functions/platform/ids.ts';

describe('photoIdAt', () => {
  it('names the first photo p001', () => expect(photoIdAt(0)).toBe('p001'));
  it('names the last photo p100', () => expect(photoIdAt(99)).toBe('p100'));
  it('has no name for more photos than a job may have', () => expect(() => photoIdAt(100)).toThrow());
});

describe('PhotoId', () => {
  it.each(['p000', 'p101', 'p1', 'P001', 'p001/', '../p001', 'p001\n'])('refuses %j', (id) => {
    expect(PhotoId.safeParse(id).success).toBe(false);
  });
});

describe('WorkspaceId', () => {
  it.each(['', 'A', 'a/b', '..', 'a#b', 'é', 'x'.repeat(41), 'a\n'])('refuses %j', (id) => {
    expect(WorkspaceId.safeParse(id).success).toBe(false);
  });
  it('takes lowercase letters, digits and hyphens', () => expect(WorkspaceId.parse('acme-2')).toBe('acme-2'));
});

describe('JobId', () => {
  it.each(['', '01KAQ6R4ZB2N7T9X3M5V8W1C0', '81KAQ6R4ZB2N7T9X3M5V8W1C0D', '01kaq6r4zb2n7t9x3m5v8w1c0d'])(
    'refuses %j',
    (id) => {
      expect(JobId.safeParse(id).success).toBe(false);
    },
  );
});

describe('JobRef', () => {
  it('is read from the message of a newer version, which may say more', () => {
    const ref = { workspaceId: 'acme', jobId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D' };
    expect(JobRef.parse({ ...ref, reason: 'of another version' })).toEqual(ref);
  });
});
