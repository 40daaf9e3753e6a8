import type { Rectangle } from './shapes.ts';

type Sides = { readonly width: number; readonly height: number };

/**
 * Where labels go so that none covers another: beside their region where there is room, otherwise in the nearest free line.
 *
 * A label that finds no room at all is left out (`undefined`): its region is drawn all the same.
 *
 * @param labels the regions in order of importance, with the size of their labels
 */
export function placeLabels(
  labels: readonly { region: Rectangle; size: Sides }[],
  picture: Sides,
  gap: number,
): (Rectangle | undefined)[] {
  const placed: Rectangle[] = [];
  return labels.map(({ region, size }) => {
    const place = candidates(region, size, picture, gap).find(
      (each) => !placed.some((other) => overlap(each, other, gap)),
    );
    if (place) placed.push(place);
    return place;
  });
}

function candidates(region: Rectangle, size: Sides, picture: Sides, gap: number): Rectangle[] {
  const at = (left: number, top: number): Rectangle => ({
    left: within(left, gap, picture.width - size.width - gap),
    top: within(top, gap, picture.height - size.height - gap),
    ...size,
  });
  const [right, bottom] = [region.left + region.width - size.width, region.top + region.height];
  const [above, inside] = [region.top - size.height - gap, region.top + gap];
  const lines = Math.max(1, Math.floor(picture.height / (size.height + gap)));
  const nearestFirst = Array.from({ length: lines }, (_, line) => gap + line * (size.height + gap)).toSorted(
    (a, b) => Math.abs(a - region.top) - Math.abs(b - region.top),
  );
  return [
    ...(above >= gap ? [at(region.left, above), at(right, above)] : []),
    ...(bottom + gap + size.height <= picture.height ? [at(region.left, bottom + gap), at(right, bottom + gap)] : []),
    at(region.left + gap, inside),
    ...nearestFirst.flatMap((top) => [at(region.left, top), at(0, top), at(picture.width, top)]),
  ];
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

const overlap = (one: Rectangle, other: Rectangle, gap: number): boolean =>
  one.left < other.left + other.width + gap &&
  other.left < one.left + one.width + gap &&
  one.top < other.top + other.height + gap &&
  other.top < one.top + one.height + gap;
