import type { PriceFacts } from './price-facts.ts';

/** Kilometres per degree of latitude, and of longitude at King County's 47.5 degrees north. */
export const KM_PER_DEGREE = { latitude: 111.2, longitude: 75.4 };

/** Kilometres north of the equator and east of Greenwich, on a plane; distances hold within a county. */
export type PositionKm = { readonly north: number; readonly east: number };

/** Undefined where the place of a thing is not known by coordinates. */
export function positionOf({ latitude, longitude }: PriceFacts): PositionKm | undefined {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
  return { north: latitude * KM_PER_DEGREE.latitude, east: longitude * KM_PER_DEGREE.longitude };
}

/** The square of a grid that a position lies in, by name. @param originKm by how far the grid is moved */
export const squareOf = ({ north, east }: PositionKm, sideKm: number, originKm = 0): string =>
  `${sideKm}:${Math.floor((north + originKm) / sideKm)}:${Math.floor((east + originKm) / sideKm)}`;

/** The middle of a square that `squareOf` named. */
export function centreOf(square: string): PositionKm {
  const [side = 0, north = 0, east = 0] = square.split(':').map(Number);
  return { north: (north + 0.5) * side, east: (east + 0.5) * side };
}

/** Side of the squares that have conformal corrections of their own, in km. */
export const CORRECTED_SQUARE_KM = 2;
