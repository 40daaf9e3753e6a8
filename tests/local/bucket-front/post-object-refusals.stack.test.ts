import { createHash } from 'node:crypto';
import type { PresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Change, LOOSE, post, startUploadBucket, type UploadBucket } from './upload-bucket.ts';

let bucket: UploadBucket;
beforeAll(async () => {
  bucket = await startUploadBucket();
});
afterAll(() => bucket.stop());

describe('postObject', () => {
  describe('refuses', () => {
    const refusedWith = async (form: PresignedPost, change?: Change) => {
      const before = bucket.created.length;
      const { status, code, message } = await post(form, change);
      expect(bucket.created.slice(before).filter(({ outcome }) => outcome === 'stored')).toEqual([]);
      return [status, code, message];
    };

    it('an expired form', async () => {
      const form = await bucket.presign({ Expires: 60 });
      bucket.clock.advance(61_000);
      expect(await refusedWith(form)).toEqual([403, 'AccessDenied', 'Invalid according to Policy: Policy expired.']);
    });

    it('another key than was signed', async () => {
      expect(await refusedWith(await bucket.presign(), { fields: { key: 'uploads/two.jpg' } })).toEqual([
        403,
        'AccessDenied',
        'Invalid according to Policy: Policy Condition failed: ["eq","$key","uploads/one.jpg"]',
      ]);
    });

    it('another content type than was signed', async () => {
      const refusal = await refusedWith(await bucket.presign(), { fields: { 'Content-Type': 'text/html' } });
      expect(refusal[2]).toBe(
        'Invalid according to Policy: Policy Condition failed: ["eq","$Content-Type","image/jpeg"]',
      );
    });

    it('fields which no condition covers', async () => {
      const refusal = await refusedWith(await bucket.presign(), {
        fields: { 'x-amz-meta-more': '1', 'x-ignore-this': '2' },
      });
      expect(refusal[2]).toBe('Invalid according to Policy: Extra input fields: x-amz-meta-more');
    });

    it('an altered policy', async () => {
      const form = await bucket.presign();
      const policy = Buffer.from(form.fields.Policy ?? '', 'base64')
        .toString()
        .replace('1000', '9000');
      const fields = { Policy: Buffer.from(policy).toString('base64') };
      expect((await refusedWith(form, { fields })).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch']);
    });

    it('a form that it cannot know the signer of', async () => {
      const form = await bucket.presign();
      const credential = form.fields['X-Amz-Credential']?.replace(/^[^/]+/, 'AKIAUNKNOWN') ?? '';
      expect((await refusedWith(form, { fields: { 'X-Amz-Credential': credential } })).slice(0, 2)).toEqual([
        403,
        'InvalidAccessKeyId',
      ]);
    });

    it('a form without policy', async () => {
      const form = { url: `${bucket.url}/photos`, fields: { key: 'uploads/x' } };
      expect((await refusedWith(form)).slice(0, 2)).toEqual([403, 'AccessDenied']);
    });

    it('a key that the signer itself may not write', async () => {
      const refusal = await refusedWith(await bucket.presign({ Key: 'derived/one.jpg' }));
      expect(refusal).toEqual([
        403,
        'AccessDenied',
        expect.stringContaining('not authorized to perform: s3:PutObject'),
      ]);
    });

    it('a larger file than the form allows, with the sizes', async () => {
      const { code, text } = await post(await bucket.presign(), { file: 'x'.repeat(1001) });
      expect([code, text]).toEqual([
        'EntityTooLarge',
        expect.stringContaining('<MaxSizeAllowed>1000</MaxSizeAllowed>'),
      ]);
    });

    it('an empty file where the form wants something', async () => {
      const { code, text } = await post(await bucket.presign(), { file: '' });
      expect([code, text]).toEqual(['EntityTooSmall', expect.stringContaining('<ProposedSize>0</ProposedSize>')]);
    });

    it('a form without a file', async () => {
      expect((await refusedWith(await bucket.presign(), { file: null })).slice(0, 2)).toEqual([400, 'InvalidArgument']);
    });

    it('bytes that do not have the sum signed', async () => {
      const sum = createHash('sha256').update('photo').digest('base64');
      const form = await bucket.presign({ Fields: { 'Content-Type': 'image/jpeg', 'x-amz-checksum-sha256': sum } });
      expect((await refusedWith(form, { file: 'other' })).slice(0, 2)).toEqual([400, 'BadDigest']);
      expect((await post(form)).status).toBe(204);
    });

    it('the same field twice', async () => {
      const form = await bucket.presign();
      expect((await refusedWith(form, { fields: { KEY: 'uploads/other' } })).slice(0, 2)).toEqual([
        400,
        'InvalidArgument',
      ]);
    });

    it('keys that climb out of the bucket', async () => {
      expect((await refusedWith(await bucket.presign({ Key: 'uploads/../../x' }))).slice(0, 2)).toEqual([
        400,
        'InvalidURI',
      ]);
    });

    it('a policy that is none', async () => {
      expect((await refusedWith(bucket.signed('{}', { key: 'uploads/x' }))).slice(0, 2)).toEqual([
        400,
        'InvalidPolicyDocument',
      ]);
      expect((await refusedWith(bucket.signed('no JSON', { key: 'uploads/x' }))).slice(0, 2)).toEqual([
        400,
        'InvalidPolicyDocument',
      ]);
    });

    it('a policy for another bucket', async () => {
      const policy = {
        expiration: bucket.inAnHour(),
        conditions: [{ bucket: 'other' }, { key: 'uploads/x' }, ...LOOSE],
      };
      expect((await refusedWith(bucket.signed(policy, { key: 'uploads/x' })))[2]).toContain('["eq","$bucket","other"]');
    });

    it('another bucket field than the URL’s', async () => {
      const policy = {
        expiration: bucket.inAnHour(),
        conditions: [{ bucket: 'other' }, { key: 'uploads/x' }, ...LOOSE],
      };
      expect((await refusedWith(bucket.signed(policy, { key: 'uploads/x', bucket: 'other' }))).slice(0, 2)).toEqual([
        403,
        'AccessDenied',
      ]);
    });

    it('a body that is no form', async () => {
      const answer = await fetch(`${bucket.url}/photos`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: 'nothing',
      });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('MalformedPOSTRequest')]);
    });
  });
});
