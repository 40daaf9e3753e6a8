/** Key prefixes in the media bucket. Keys are made of ids only, never of user input. */
export const PREFIXES = { uploads: 'uploads/', derived: 'derived/' } as const;
