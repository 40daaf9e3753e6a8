import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhotoRef, photoIdAt } from '../../../functions/platform/ids.ts';
import { photoOfUploadKey, uploadKey, uploadPrefix } from '../../../functions/platform/media-keys.ts';

const photo = PhotoRef.parse({ workspaceId: 'acme', jobId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D', photoId: 'p001' });

describe('photoOfUploadKey', () => {
  it('finds the photo of every key that uploadKey makes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.stringMatching(/^[a-z0-9-]{1,40}$/), (index, workspaceId) => {
        const ref = PhotoRef.parse({ ...photo, workspaceId, photoId: photoIdAt(index) });
        expect(photoOfUploadKey(uploadKey(ref))).toEqual(ref);
      }),
    );
  });

  it.each([
    'derived/acme/01KAQ6R4ZB2N7T9X3M5V8W1C0D/p001',
    'uploads/acme/01KAQ6R4ZB2N7T9X3M5V8W1C0D/p001/extra',
    'uploads/acme/01KAQ6R4ZB2N7T9X3M5V8W1C0D/../other/p001',
    'uploads/acme/01KAQ6R4ZB2N7T9X3M5V8W1C0D',
    'uploads/',
    '',
  ])('finds no photo under %j', (key) => expect(photoOfUploadKey(key)).toBeUndefined());
});

describe('uploadPrefix', () => {
  it('ends a job id, so that no other job lies below it', () => {
    expect(uploadPrefix(photo)).toBe('uploads/acme/01KAQ6R4ZB2N7T9X3M5V8W1C0D/');
  });
});
