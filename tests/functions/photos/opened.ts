import { openPhoto } from '../../../functions/photos/photo-runtime.ts';

/** The photo, which can be read. */
export async function opened(file: Uint8Array) {
  const photo = await openPhoto(file);
  if (photo.status !== 'readable') throw new Error(`${photo.code}: ${photo.detail}`);
  return photo;
}

/** Why the photo cannot be read. */
export async function refused(file: Uint8Array) {
  const photo = await openPhoto(file);
  return photo.status === 'unreadable' ? { code: photo.code, detail: photo.detail } : photo.status;
}
