import type { OutlinedFinding } from '../condition/read-findings.ts';
import { drawFindings, overlaySize } from '../photos/overlay.ts';
import type { VehicleCondition } from '../photos/photo-assessment.ts';
import { encodeJpeg, resizeRaster } from '../photos/photo-runtime.ts';
import type { Raster } from '../photos/raster.ts';

type Seen = { readonly findings: readonly OutlinedFinding[]; readonly vehicle?: VehicleCondition | undefined };

/** The photo as a JPEG with what was found drawn on it, without metadata. */
export async function overlayOf(photo: Raster, { findings, vehicle }: Seen): Promise<Uint8Array> {
  const { widthPx, heightPx } = overlaySize(photo);
  const ground = widthPx === photo.widthPx ? photo : await resizeRaster(photo, widthPx, heightPx, 'fill');
  return encodeJpeg(drawFindings(ground, findings, vehicle));
}
