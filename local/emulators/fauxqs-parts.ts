/**
 * The parts of fauxqs that its package does not export.
 *
 * Its own `startFauxqs` listens on every network interface, which would expose the stack's data to the network, and its
 * persistence loses or refuses some writes (see `emulator-store.ts`). Only this file imports from inside the package.
 */
export { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
export { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
export type { S3Object } from '../../node_modules/fauxqs/dist/s3/s3Types.js';
export { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
export { type SqsQueue, SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
export type { ReceivedMessage, SqsMessage } from '../../node_modules/fauxqs/dist/sqs/sqsTypes.js';
