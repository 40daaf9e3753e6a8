import { describe, expect, it } from 'vitest';
import { photoNames, resultText, SAMPLE_TEXT, welcomeText } from '../../bin/result-text.ts';
import { EXAMPLE_ASSESSMENT } from '../../functions/jobs/example-job.ts';
import { JobView } from '../../functions/jobs/jobs-contract.ts';
import { JOBS_EXAMPLES } from '../../functions/jobs/jobs-examples.ts';

const job = JobView.parse(JOBS_EXAMPLES.getJob.reply);
const PHOTOS = EXAMPLE_ASSESSMENT.photos.map(({ photoId }) => ({ file: `in/${photoId}.jpg` }));

describe('resultText', () => {
  it('says of the sample, and of nothing else, that it is drawn and its evidence not judged', () => {
    expect(resultText(job, PHOTOS, true).startsWith(SAMPLE_TEXT)).toBe(true);
    expect(resultText(job, PHOTOS, true)).toContain('not judged  ');
    expect(resultText(job, PHOTOS, false)).not.toMatch(/drawn|draws|not judged/);
  });

  it('says what each photo is called', () => {
    const called = PHOTOS.map((photo, index) => ({
      ...photo,
      words: { text: `room ${index}`, from: '--subject' as const },
    }));

    expect(resultText(job, called, false)).toMatch(/called "room 0" \(--subject\)/);
  });

  it('says why there is no assessment', () => {
    const failed = { ...JobView.parse(JOBS_EXAMPLES.cancelJob.reply), status: 'failed' as const };
    const error = { code: 'no_photos_arrived' as const, detail: 'no photo came' };

    expect(resultText({ ...failed, error }, [], true)).toBe('The job ended as failed: no photo came.\n');
  });
});

describe('welcomeText', () => {
  const api = { url: 'http://localhost/api/v1', key: 'fettledevx' };

  it('shows the overlay of a photo on which something was found, otherwise of the first', () => {
    const { assessment } = job;
    const unseen = assessment?.photos.filter(({ photoId }) => photoId !== 'p001') ?? [];
    const found = assessment?.photos.find(({ photoId }) => photoId === 'p001');
    if (!assessment || !found) throw new Error('the example has no finding');

    expect(welcomeText(api, { ...job, assessment: { ...assessment, photos: unseen } })).toContain('/p001/overlay');
    expect(
      welcomeText(api, { ...job, assessment: { ...assessment, photos: [...unseen, { ...found, photoId: 'p009' }] } }),
    ).toContain('/p009/overlay');
  });
});

describe('photoNames', () => {
  it('calls photos of one name by their paths from the folder that holds all', () => {
    const names = (...files: string[]) => [...photoNames(files).values()];

    expect(names('/h/attic/kitchen.jpg', '/h/kitchen.jpg')).toEqual(['attic/kitchen.jpg', 'kitchen.jpg']);
    expect(names('/h/a/1.jpg', '/h/ab/1.jpg')).toEqual(['a/1.jpg', 'ab/1.jpg']);
    expect(names('/a/1.jpg', '/b/1.jpg')).toEqual(['a/1.jpg', 'b/1.jpg']);
    expect(names('x/1.jpg', 'x/1.jpg')).toEqual(['1.jpg', '1.jpg']);
  });

  it('calls photos by the names of their files where those differ', () => {
    expect([...photoNames(['in/kitchen.jpg', 'in/a/1.jpg', 'in/b/1.jpg'])]).toEqual([
      ['p001', 'kitchen.jpg'],
      ['p002', 'a/1.jpg'],
      ['p003', 'b/1.jpg'],
    ]);
  });
});
