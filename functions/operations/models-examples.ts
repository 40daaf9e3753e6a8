import type { Examples } from '../platform/contract.ts';
import type { MODELS_API } from './models-contract.ts';

const passed = { status: 'ok', durationMs: 12 } as const;

export const MODELS_EXAMPLES = {
  getReady: { reply: { status: 'ready', checks: { table: passed, bucket: passed, queue: passed, models: passed } } },
  listModels: {
    reply: {
      models: [
        {
          name: 'photo',
          version: '1.0.0',
          answers: ['subject', 'surface', 'vehicle'],
          usedFor: ['subject', 'surface', 'vehicle'],
          summary: 'Says what a photo shows, and which damage of a building or a vehicle.',
          licence: {
            weights: 'Apache-2.0',
            commercialUse: false,
            note: 'licence of some training data unclear: replace before commercial use',
          },
          data: [{ name: 'Rooms', origin: 'https://example.com/rooms', licence: 'CC-BY-4.0', images: 1200 }],
          headline: { 'six rooms, right, colour': 0.95 },
          metrics: { subject: { roomsColour: { given: 0.95 } } },
        },
      ],
    },
  },
} satisfies Examples<typeof MODELS_API>;
