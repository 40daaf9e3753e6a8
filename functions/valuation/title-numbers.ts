import { take } from './title-text.ts';

/** The numbers of a title that are no grade. */
export type TitleNumbers = {
  /** calendar years in the order of the title; of a season ("2018-19") its first */
  readonly years: readonly number[];
  /** the number of the card or issue, as "#280" or "No. 280", without hyphens and leading zeros */
  readonly numbers: readonly string[];
  /** how many were made, from "/99", "23/99" or "numbered to 99" */
  readonly printRun?: number;
  readonly rest: string;
};

/** Two-digit years above it are of the 1900s. Cards of 2050 are not sold yet. */
const LAST_YEAR_OF_CENTURY = 50;

/** @param isCardGame whether "4/102" is a card's number and not a print run */
export function takeNumbers(title: string, isCardGame: boolean): TitleNumbers {
  const seasons = takeSeasons(title);
  const runs = isCardGame ? { rest: seasons.rest } : takePrintRun(seasons.rest);
  const numbers = takeCardNumbers(runs.rest, isCardGame);
  const years = take(numbers.rest, /(?<![\d#/.$-])(1[89]\d\d|20[0-4]\d)(?![\d/]|\.\d|[a-z])/g);
  return {
    years: [...seasons.years, ...years.found.map((match) => ({ at: match.index, year: Number(match[1]) }))]
      .toSorted((one, other) => one.at - other.at)
      .map(({ year }) => year),
    numbers: numbers.numbers,
    ...(runs.printRun !== undefined && { printRun: runs.printRun }),
    rest: years.rest,
  };
}

type YearAt = { readonly at: number; readonly year: number };

/** "2018-19", "2018/2019", "96-97" and "'86". */
function takeSeasons(title: string): { readonly years: YearAt[]; readonly rest: string } {
  const years: YearAt[] = [];
  const rest = title
    .replace(
      /(?<![\d#/])((?:18|19|20)\d\d)\s?[-/]\s?(\d{4}|\d\d)(?![\d/])/g,
      (whole, first: string, second: string, at: number) => {
        if (Number(second.slice(-2)) !== (Number(first) + 1) % 100) return whole;
        years.push({ at, year: Number(first) });
        return ' '.repeat(whole.length);
      },
    )
    .replace(/(?<![\d#/\w])(\d\d)-(\d\d)(?![\d/-])/g, (whole, first: string, second: string, at: number) => {
      if (Number(second) !== (Number(first) + 1) % 100) return whole;
      years.push({ at, year: fullYear(first) });
      return ' '.repeat(whole.length);
    })
    .replace(/(?<![\w])'(\d\d)(?!\d)/g, (whole, digits: string, at: number) => {
      years.push({ at, year: fullYear(digits) });
      return ' '.repeat(whole.length);
    });
  return { years, rest };
}

const fullYear = (digits: string): number => Number(digits) + (Number(digits) < LAST_YEAR_OF_CENTURY ? 2000 : 1900);

/** "1/1" is one of one. "f/4" is a lens, "9/10 condition" a promise, "w/ 10" with. */
function takePrintRun(title: string): { readonly printRun?: number; readonly rest: string } {
  const written = title.replace(/\b(?:one|1) of (?:one|1)\b/g, ' /1 ');
  const { found, rest } = take(
    written,
    /(?<![a-z0-9/])(?:#\s?d?\s?|s?n?\s?)?(?:\d{1,5}\s?)?\/\s?(\d{1,5})(?![\d/.])(?!\s?condition)|\b(?:numbered|limited|serial numbered|ser|sn)\s(?:to|\/)?\s?\/?(\d{1,5})\b/g,
  );
  const printRun = found.map((match) => Number(match[1] ?? match[2])).find((run) => run > 0);
  return { ...(printRun !== undefined && { printRun }), rest };
}

function takeCardNumbers(title: string, isCardGame: boolean): { readonly numbers: string[]; readonly rest: string } {
  const { found, rest } = take(
    title,
    /#\s?((?:[a-z]{1,5}-?)?\d+[a-z]{0,2}|[a-z]{2,5}-[a-z]{1,5})(?![a-z0-9])|\b(?:no\.?|number)\s(\d+)\b/g,
  );
  const ofGame = isCardGame
    ? take(rest, /(?<![\w/])([a-z]{0,3}\d{1,3})\s?\/\s?[a-z]{0,3}\d{1,3}(?![\w/])/g)
    : { found: [], rest };
  const numbers = [...found.map((match) => match[1] ?? match[2]), ...ofGame.found.map((match) => match[1])];
  // Left among the words, too: the other title may have it without "#".
  return { numbers: numbers.flatMap((number) => (number ? [plainNumber(number)] : [])), rest: ofGame.rest };
}

/** A number without hyphens and leading zeros, as "us175". */
export const plainNumber = (number: string): string => number.replaceAll('-', '').replace(/(?<!\d)0+(?=\d)/g, '');
