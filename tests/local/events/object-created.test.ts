import { describe, expect, it } from 'vitest';
import { objectCreatedRecord } from '../../../local/events/object-created.ts';

const OBJECT = {
  bucket: 'media',
  key: 'uploads/a b+ü.jpg',
  eventName: 'ObjectCreated:Post',
  principalId: 'AWS:me',
  sourceIp: '127.0.0.1',
  bytes: 5,
  eTag: 'abc',
  timeMs: 1_000,
} as const;

const s3Of = (object: typeof OBJECT | (Omit<typeof OBJECT, 'timeMs'> & { timeMs: number })) =>
  (objectCreatedRecord(object, 'eu-north-1') as { s3: { object: { key: string; sequencer: string } } }).s3.object;

describe('objectCreatedRecord', () => {
  it('encodes the key as S3 does', () => {
    expect(s3Of(OBJECT).key).toBe('uploads/a+b%2B%C3%BC.jpg');
  });

  it('gives a later write a greater sequencer', () => {
    expect(s3Of({ ...OBJECT, timeMs: 70_000 }).sequencer > s3Of(OBJECT).sequencer).toBe(true);
  });
});
