import type { Refusal } from '../gate/refusal.ts';

/** A form whose body is refused while it is read; caught in `postObject`. */
export class RefusedFormError extends Error {
  override readonly name = 'RefusedFormError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** "The form data and boundaries (excluding the contents of the file) cannot exceed 20 KB" (S3 API reference). */
export const FORM_BYTES = 20 * 1024;

export const MALFORMED_FORM: Refusal = {
  statusCode: 400,
  code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
};

export const FORM_TOO_LARGE: Refusal = {
  statusCode: 400,
  code: 'MaxPostPreDataLengthExceeded',
  message: 'Your POST request fields preceding the upload file were too large.',
  details: { MaxPostPreDataLengthBytes: String(FORM_BYTES) },
};

/** S3 needs the length of a form before its body; chunks do not say it. */
export const NO_LENGTH: Refusal = {
  statusCode: 411,
  code: 'MissingContentLength',
  message: 'You must provide the Content-Length HTTP header.',
};

/** S3's refusal of a form that is signed by its fields and by its request as well: in this header or query parameter. */
export function twoSignatures(name: string, value: string): Refusal {
  const message =
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';
  return { statusCode: 400, code: 'InvalidArgument', message, details: { ArgumentName: name, ArgumentValue: value } };
}
