/**
 * The parts of fauxqs that its package does not export.
 *
 * Its own `startFauxqs` listens on every network interface, which would give anybody on the network the stack's data, and
 * its persistence loses or refuses some writes (see `emulator-store.ts`). So its stores and protocol are taken singly;
 * this is the only file that knows where they lie.
 */
export { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
export { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
export type { S3Object } from '../../node_modules/fauxqs/dist/s3/s3Types.js';
export { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
export { type SqsQueue, SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
export type { ReceivedMessage, SqsMessage } from '../../node_modules/fauxqs/dist/sqs/sqsTypes.js';
