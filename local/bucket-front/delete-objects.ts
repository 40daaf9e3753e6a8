import { escapeXml, type Refusal } from '../gate/refusal.ts';
import { UnsupportedRequestError } from '../gate/service-request.ts';

/** The parsed document of `POST /bucket?delete`. */
export type Deletion = { readonly keys: readonly string[]; readonly quiet: boolean };

/** A key of the deletion; `refusal` when it is not deleted. */
export type KeyVerdict = { readonly key: string; readonly refusal?: Refusal };

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Parses a multi-object delete. A version id or condition is an error: the emulator supports neither. */
export function readDeletion(body: Buffer): Deletion {
  const text = body.toString('utf8');
  const objects = [...text.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object = '']) => object.trim());
  const keys = objects.map((object) => {
    const key = /^<Key>([^<]*)<\/Key>$/.exec(object)?.[1];
    if (key === undefined) throw new UnsupportedRequestError(`a deletion of ${object}`);
    return unescapeXml(key);
  });
  return { keys, quiet: /<Quiet>\s*true\s*<\/Quiet>/i.test(text) };
}

/** The document of the authorized keys, written anew, so that the emulator's parser sees no other key. */
export function writeDeletion({ keys, quiet }: Deletion): Buffer {
  const objects = keys.map((key) => `<Object><Key>${escapeByName(key)}</Key></Object>`);
  return Buffer.from(`<Delete><Quiet>${quiet}</Quiet>${objects.join('')}</Delete>`);
}

/** The emulator's response with an `<Error>` per refused key, which is S3's response to a partly authorized deletion. */
export function withRefusedKeys(answer: string, verdicts: readonly KeyVerdict[]): string {
  const errors = verdicts.flatMap(({ key, refusal }) =>
    refusal
      ? [
          `<Error><Key>${escapeXml(key)}</Key><Code>${refusal.code}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`,
        ]
      : [],
  );
  return answer.replace('</DeleteResult>', () => `${errors.join('')}</DeleteResult>`);
}

function escapeByName(text: string): string {
  const names = Object.entries(ENTITIES);
  return text.replace(/[<>"'&]/g, (sign) => `&${names.find(([, one]) => one === sign)?.[0]};`);
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal) return String.fromCodePoint(Number.parseInt(decimal, 10));
    if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return ENTITIES[name] ?? whole;
  });
}
