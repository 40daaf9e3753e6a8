import type { Examples } from '../platform/contract.ts';
import type { SERVICE_API } from './service-contract.ts';

export const SERVICE_EXAMPLES = {
  getHealth: { reply: { status: 'ok', version: '0.1.0', environment: 'prod' } },
  getOpenapi: { reply: { openapi: '3.1.0' } },
} satisfies Examples<typeof SERVICE_API>;
