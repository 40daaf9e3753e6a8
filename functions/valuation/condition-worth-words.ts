import { UAD_CLASSES, type UadClass } from '../assets/asset.ts';

/** A share in per cent, without decimals. */
export const inPercent = (shareRatio: number): string => `${Math.round(100 * shareRatio)} %`;

/** Changes that round to nothing. */
const SAME_PERCENT = 0.5;

/** A ratio as a change: "12 % more", "3 % less", "as much". */
export function changeInWords(ratio: number): string {
  const percent = 100 * (ratio - 1);
  if (Math.abs(percent) < SAME_PERCENT) return 'as much';
  return `${Math.round(Math.abs(percent))} % ${percent > 0 ? 'more' : 'less'}`;
}

/** A ratio against something: "12 % more than", "as much as". */
export const comparedInWords = (ratio: number): string => {
  const change = changeInWords(ratio);
  return change === 'as much' ? 'as much as' : `${change} than`;
};

/** Shares below this are left out of sentences. */
const LEAST_SHARE = 0.005;

/** The classes that are possible, with their shares: "C3 64 %, C4 31 %". */
export const sharesInWords = (shares: Readonly<Record<UadClass, number>>): string =>
  UAD_CLASSES.filter((name) => shares[name] >= LEAST_SHARE)
    .map((name) => `${name} ${inPercent(shares[name])}`)
    .join(', ');
