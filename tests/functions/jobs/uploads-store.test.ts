import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { photoIdAt } from '../../../functions/platform/ids.ts';
import { ENV } from '../../../functions/platform/names/environment-variables.ts';
import { LIMITS } from '../../../functions/platform/names/limits.ts';
import { seal } from '../../../functions/platform/sealing.ts';
import { jobOf, NOW } from './jobs.ts';

/** Longer than the 800 to 1,500 characters that roles of Lambda functions were seen with. */
const SESSION_TOKEN = randomBytes(1536).toString('base64');

Object.assign(process.env, {
  [ENV.mediaBucket]: 'fettle-prod-mediabucketbcbb02ba-1234567890ab',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: SESSION_TOKEN,
});
const { uploadForms } = await import('../../../functions/jobs/uploads-store.ts');

/** The job with the largest forms: everything as long as it may be. */
const largestJob = jobOf(LIMITS.photosPerJob, [], {
  workspaceId: 'w'.repeat(40),
  photos: Array.from({ length: LIMITS.photosPerJob }, (_, index) => ({
    photoId: photoIdAt(index),
    filename: '厨'.repeat(255),
    contentType: 'image/jpeg',
    bytes: LIMITS.photoBytes,
    sha256: randomBytes(32).toString('hex'),
    subject: '厨'.repeat(60),
  })),
});
const forms = await uploadForms(largestJob, NOW);

/** "The form data and boundaries (excluding the contents of the file) cannot exceed 20 KB" (S3 API reference). */
const S3_FORM_BYTES = 20_000;
/** Lambda's limit on a response. */
const LAMBDA_RESPONSE_BYTES = 6 * 1024 * 1024;
/** DynamoDB's limit on a row, less room for its other attributes. */
const ROW_BYTES = 400 * 1024 - 2048;

describe('the forms of the largest job, signed by a role', () => {
  const body = JSON.stringify({ uploads: forms });

  it('each fit into what S3 reads before the file', () => {
    const boundary = 60;
    const sizes = forms.map(({ fields }) =>
      Object.entries(fields).reduce(
        (sum, [name, value]) =>
          sum + boundary + `Content-Disposition: form-data; name=""\r\n\r\n`.length + name.length + value.length,
        0,
      ),
    );
    expect(Math.max(...sizes)).toBeLessThan(S3_FORM_BYTES);
  });

  it('fit together into the response of a Lambda', () => {
    const response = JSON.stringify({ statusCode: 201, body });
    expect(Buffer.byteLength(response)).toBeLessThan(LAMBDA_RESPONSE_BYTES / 4);
  });

  it('fit sealed into the row of an idempotent reply', () => {
    expect(seal(body, 'key', 'purpose').byteLength).toBeLessThan(ROW_BYTES);
  });

  it('name the session token, without which S3 refuses them', () => {
    expect(forms.map(({ fields }) => fields['X-Amz-Security-Token'])).toEqual(forms.map(() => SESSION_TOKEN));
  });
});
