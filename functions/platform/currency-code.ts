import { z } from 'zod';

/** The ISO 4217 code of a currency. */
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD');
