import type { EvidenceTest } from '../photos/evidence.ts';
import { shownText } from '../platform/shown-text.ts';
import type { ExifTags } from './exif.ts';

/** Clocks in EXIF state no zone: two of the same moment differ by 26 hours at most (UTC-12 to UTC+14). */
const ZONES_HOURS = 26;
/** Milliseconds of an hour. */
const HOUR_MS = 3_600_000;

/** Beginnings of `Model` that one maker alone writes, whose name is then in `Make`. Not PENTAX: Ricoh writes it, too. */
const MAKER_BY_MODEL = {
  'canon ': 'canon',
  'nikon ': 'nikon',
  'samsung ': 'samsung',
  'iphone ': 'apple',
  'pixel ': 'google',
};

type Said = Pick<EvidenceTest, 'outcome' | 'meaning'>;

/**
 * Whether the camera's tags are complete, and agree with each other and with the clock.
 *
 * A photo taken after its assessment, or a model of another maker, is a contradiction. A file modified before the photo was
 * taken is only a warning: people set camera clocks wrong, and correct dates afterwards.
 */
export function testCamera(tags: ExifTags, now: Date): EvidenceTest {
  const said = judge(tags, now);
  return { test: 'camera_and_times', ...said, ...(said.outcome !== 'not_applicable' && { where: 'EXIF' }) };
}

function judge(tags: ExifTags, now: Date): Said {
  const [takenMs, modifiedMs] = [timeOf(tags.takenAt), timeOf(tags.modifiedAt)];
  const contradictions = [...futureDate(takenMs, now), ...foreignModel(tags)];
  if (contradictions.length > 0) return { outcome: 'fail', meaning: contradictions.join('; ') };
  const camera = cameraOf(tags);
  const missing = [
    ...(tags.model ? [] : ['the model']),
    ...(tags.hasExposure ? [] : ['the exposure time']),
    ...(takenMs === undefined ? ['the date'] : []),
  ];
  if (missing.length === 3) {
    return { outcome: 'not_applicable', meaning: 'no camera tags, which many programs remove' };
  }
  if (missing.length > 0) return { outcome: 'warn', meaning: `the camera tags lack ${missing.join(' and ')}` };
  if (takenMs !== undefined && modifiedMs !== undefined && modifiedMs < takenMs - ZONES_HOURS * HOUR_MS) {
    return {
      outcome: 'warn',
      meaning: `the file was modified (${inWords(modifiedMs)}) before the photo was taken (${inWords(takenMs)})`,
    };
  }
  const taken = takenMs === undefined ? '' : `, taken ${inWords(takenMs)}`;
  return { outcome: 'pass', meaning: `camera tags: ${camera}${taken}; anyone can write them` };
}

function futureDate(takenMs: number | undefined, now: Date): string[] {
  if (takenMs === undefined || takenMs <= now.getTime() + ZONES_HOURS * HOUR_MS) return [];
  return [`the tags say that it was taken ${inWords(takenMs)}, after its assessment (${inWords(now.getTime())} UTC)`];
}

/** "Apple" with "Canon EOS 80D". */
function foreignModel({ make, model }: ExifTags): string[] {
  if (!make || !model) return [];
  const known = Object.entries(MAKER_BY_MODEL).find(([beginning]) => model.toLowerCase().startsWith(beginning));
  if (!known || make.toLowerCase().includes(known[1])) return [];
  return [`the tags name the maker ${shownText(make)} and the model ${shownText(model)} of another`];
}

function cameraOf({ make, model = '' }: ExifTags): string {
  const hasMake = !make || model.toLowerCase().startsWith(make.toLowerCase());
  return shownText(hasMake ? model : `${make} ${model}`);
}

/** Milliseconds of "2026:05:01 12:00:00", as if its clock were UTC; undefined of anything else, such as a clock never set. */
function timeOf(text: string | undefined): number | undefined {
  const parts = text?.match(/^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/);
  const time = parts ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** "2026-05-01 12:00:00". */
const inWords = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
