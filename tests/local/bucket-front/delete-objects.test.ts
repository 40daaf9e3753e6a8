import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeletion, withRefusedKeys, writeDeletion } from '../../../local/bucket-front/delete-objects.ts';

const text = fc.string({ unit: fc.constantFrom('a', '<', '>', '&', '"', "'", ';', '#', '/', 'ü', '$') });

describe('writeDeletion', () => {
  it('writes what readDeletion reads', () => {
    fc.assert(
      fc.property(fc.array(text), fc.boolean(), (keys, quiet) => {
        expect(readDeletion(writeDeletion({ keys, quiet }))).toEqual({ keys, quiet });
      }),
    );
  });
});

describe('readDeletion', () => {
  it('reads numeric entities', () => {
    const body = '<Delete><Object><Key>a&#38;b&#x2F;c</Key></Object></Delete>';
    expect(readDeletion(Buffer.from(body)).keys).toEqual(['a&b/c']);
  });

  it('names what it does not know', () => {
    const body = '<Delete><Object><Key><![CDATA[a]]></Key></Object></Delete>';
    expect(() => readDeletion(Buffer.from(body))).toThrow('CDATA');
  });
});

describe('withRefusedKeys', () => {
  it('adds an error for each refused key', () => {
    const refusal = { statusCode: 403, code: 'AccessDenied', message: 'no $& allow' };
    const answer = withRefusedKeys('<DeleteResult></DeleteResult>', [{ key: 'a' }, { key: 'b', refusal }]);
    expect(answer).toBe(
      '<DeleteResult><Error><Key>b</Key><Code>AccessDenied</Code><Message>no $&#38; allow</Message></Error></DeleteResult>',
    );
  });
});
