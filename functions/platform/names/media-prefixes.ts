/** Key prefixes in the media bucket. Keys are made of ids only, never of user input. */
export const PREFIXES = {
  uploads: 'uploads/',
  derived: 'derived/',
  /** comps in Parquet, an object for each workspace and kind */
  books: 'books/',
  /** uploaded tables of comps, and their rejected rows */
  imports: 'imports/',
} as const;
