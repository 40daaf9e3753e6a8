/** Where media lives in the bucket. Keys are made of ids only, never of what a user typed. */
export const PREFIXES = { uploads: 'uploads/', derived: 'derived/' } as const;
