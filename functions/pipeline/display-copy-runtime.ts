import { encodeJpeg, openPhoto } from '../photos/photo-runtime.ts';

/**
 * The photo as a JPEG: upright, at most LIMITS.workingPx on its longer side, without metadata.
 *
 * @param sha256 of the assessed file
 * @returns undefined when this is another file: a form can be used twice before it expires
 */
export async function displayCopy(file: Uint8Array, sha256: string): Promise<Uint8Array | undefined> {
  const photo = await openPhoto(file);
  return photo.status === 'readable' && photo.sha256 === sha256 ? encodeJpeg(photo.working) : undefined;
}
