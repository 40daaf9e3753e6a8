import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assessFiles, type FileAssessment } from '../../../functions/pipeline/assess-files-runtime.ts';
import { temporaryFolder, writeTinyModels } from '../condition/tiny-models.ts';
import { jpeg } from '../photos/files.ts';

const all = async (lines: AsyncIterable<FileAssessment>): Promise<FileAssessment[]> => {
  const collected: FileAssessment[] = [];
  for await (const line of lines) collected.push(line);
  return collected;
};

describe('assessFiles', () => {
  it('answers for every file in the order given, whatever it is', async () => {
    const folder = await temporaryFolder();
    await writeTinyModels(folder);
    const file = (name: string): string => join(folder, name);
    await writeFile(file('photo.jpg'), await jpeg());
    await writeFile(file('renamed.jpg'), '%PDF-1.7');
    await writeFile(file('empty.png'), '');
    await mkdir(file('folder.jpg'));
    const files = [
      'photo.jpg',
      'renamed.jpg',
      'empty.png',
      'missing.jpg',
      'folder.jpg',
      ...Array<string>(12).fill('photo.jpg'),
    ].map((name) => ({ file: file(name) }));

    const lines = await all(assessFiles(files, { modelsFolder: folder, workers: 2 }));

    expect(lines.map((line) => line.file)).toEqual(files.map((each) => each.file));
    expect(lines.slice(0, 5).map((line) => (line.status === 'assessed' ? 'assessed' : line.code))).toEqual([
      'assessed',
      'unsupported_type',
      'unsupported_type',
      'corrupt',
      'corrupt',
    ]);
    expect(lines.slice(5).every(({ status }) => status === 'assessed')).toBe(true);
  });

  it('looks where the words of a photo say', async () => {
    const folder = await temporaryFolder();
    await writeTinyModels(folder, 'vehicle');
    const file = join(folder, 'photo.jpg');
    await writeFile(file, await jpeg());
    const files = [{ file }, { file, hint: 'bedroom wall' }];

    const lines = await all(assessFiles(files, { modelsFolder: folder, workers: 1, assetKind: 'property' }));

    expect(lines.map((line) => line.status === 'assessed' && Object.keys(line.models))).toEqual([
      ['tiny-subject'],
      ['tiny-subject', 'tiny-surface'],
    ]);
  });

  it('says why when the models cannot be loaded', async () => {
    const folder = await temporaryFolder();

    await expect(all(assessFiles([{ file: 'photo.jpg' }], { modelsFolder: folder, workers: 1 }))).rejects.toThrow(
      'Model "photo": no model answers "subject"',
    );
  });
});
