import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policiesOfFile } from '../../bin/policy-file.ts';
import { PHOTOS } from '../../functions/photos/photo-policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'fettle-policy-'));
function fileOf(content: unknown): string {
  const file = join(folder, 'policy.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('policiesOfFile', () => {
  it('takes the documents that a file names, and the defaults of the rest', () => {
    const document = { ...PHOTOS.defaults, usableQualityRatio: 0.5 };
    const { documents, uses } = policiesOfFile(fileOf({ photos: document }));
    expect(documents.photos).toEqual(document);
    expect([uses.photos.source, uses.evidence.source, uses.findings.source]).toEqual(['file', 'default', 'default']);
    expect(uses.photos.digest).not.toBe(policiesOfFile(fileOf({})).uses.photos.digest);
  });

  it.each<[string, unknown, RegExp]>([
    ['a policy of something else', { 'vehicle-rating': {} }, /vehicle-rating; expected findings, photos, evidence/],
    [
      'a document that contradicts itself',
      { photos: { ...PHOTOS.defaults, clippedDark: { free: 0.5, half: 0.4 } } },
      /photos\.clippedDark\.half: expected a value of more than 0\.5/,
    ],
    ['a field that is none', { photos: { ...PHOTOS.defaults, extra: 1 } }, /photos\.extra: expected no such field/],
    ['a prototype', '{"__proto__": {}}', /expected findings/],
    ['a list', [], /expected an object of documents/],
    ['no JSON', '{', /expected JSON/],
  ])('refuses %s, and says what is expected', (_what, content, message) => {
    expect(() => policiesOfFile(fileOf(content))).toThrow(message);
  });

  it('says that a file cannot be read', () => {
    expect(() => policiesOfFile(join(folder, 'none.json'))).toThrow(/none\.json: cannot be read/);
  });
});
