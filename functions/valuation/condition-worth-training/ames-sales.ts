/** A sale of the table AmesHousing: its cells by column. */
export type AmesSale = Readonly<Record<string, string>>;

/** Columns without which a table is not AmesHousing. */
export const AMES_COLUMNS = [
  'SalePrice',
  'SaleCondition',
  'Overall Cond',
  'Kitchen Qual',
  'Gr Liv Area',
  'Yr Sold',
] as const;

/** Living area from which on a house is left out, as the table's author advises: five sales, some of them partial. */
const LARGEST_SQFT = 4000;
/** Newer houses are left out of the fit of condition: the assessor rated nearly all of them 5, whatever their state. */
const NEW_YEARS = 10;

/** A cell as a number; "NA", which means none, is 0. */
export const numberIn = (sale: AmesSale, column: string): number => Number(sale[column]) || 0;

export const ageYears = (sale: AmesSale): number =>
  Math.max(0, numberIn(sale, 'Yr Sold') - numberIn(sale, 'Year Built'));

/** Whether a sale between strangers tells what a house is worth: no distressed, family or partial sale. */
export const isUsable = (sale: AmesSale): boolean =>
  sale.SaleCondition === 'Normal' && numberIn(sale, 'Gr Liv Area') < LARGEST_SQFT && numberIn(sale, 'SalePrice') > 0;

export const isUsed = (sale: AmesSale): boolean => ageYears(sale) > NEW_YEARS;

/** The assessor's overall condition, "3" to "9"; 1 and 2 are one, since each has fewer than six sales. */
export function ratingOf(sale: AmesSale): string {
  const rating = numberIn(sale, 'Overall Cond');
  return rating <= 2 ? '1-2' : String(Math.min(9, rating));
}

/** The ratings, worst first. 5, of which there are most, is the reference. */
export const RATINGS = ['1-2', '3', '4', '5', '6', '7', '8', '9'] as const;
export const REFERENCE_RATING = '5';

const BUSY_PLACES = ['Artery', 'Feedr', 'RRAe', 'RRAn', 'RRNe', 'RRNn'];
/** The year from which years of sale are counted, the middle of the table. */
const MIDDLE_YEAR = 2008;

/** What a price depends on besides condition and finish: size, age, quality, rooms, place, kind and year. */
export function controlTerms(sale: AmesSale, { neighbourhoods, buildings }: Places): number[] {
  const living = numberIn(sale, 'Gr Liv Area');
  const decades = ageYears(sale) / 10;
  const quality = numberIn(sale, 'Overall Qual');
  return [
    1,
    Math.log(living),
    numberIn(sale, 'Total Bsmt SF') / living,
    Number(numberIn(sale, 'Total Bsmt SF') === 0),
    Math.log(numberIn(sale, 'Lot Area')),
    decades,
    decades ** 2 / 10,
    decades ** 3 / 100,
    quality,
    quality ** 2 / 10,
    numberIn(sale, 'Full Bath'),
    numberIn(sale, 'Half Bath'),
    numberIn(sale, 'Bsmt Full Bath'),
    numberIn(sale, 'Bedroom AbvGr'),
    numberIn(sale, 'Fireplaces'),
    numberIn(sale, 'Garage Cars'),
    Number(sale['House Style']?.startsWith('2') ?? false),
    Number(BUSY_PLACES.includes(sale['Condition 1'] ?? '')),
    numberIn(sale, 'Yr Sold') - MIDDLE_YEAR,
    ...neighbourhoods.map((name) => Number(sale.Neighborhood === name)),
    ...buildings.map((name) => Number(sale['Bldg Type'] === name)),
  ];
}

/** Words that have a term each; the first of each kind is the reference and has none. */
export type Places = { readonly neighbourhoods: readonly string[]; readonly buildings: readonly string[] };

export function placesOf(sales: readonly AmesSale[]): Places {
  const words = (column: string): string[] => [...new Set(sales.map((sale) => sale[column] ?? ''))].toSorted().slice(1);
  return { neighbourhoods: words('Neighborhood'), buildings: words('Bldg Type') };
}
