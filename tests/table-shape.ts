import type { TableDescription } from '../functions/platform/names/tables.ts';

/** Keys and indexes of a table, in the words which DynamoDB and CloudFormation share. */
export function tableShape({ keys, indexes }: TableDescription) {
  const all = [keys, ...Object.values(indexes).map((index) => index.keys)];
  const attributes = new Set(all.flatMap(({ partition, sort }) => [partition, sort]));
  return {
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: keySchema(keys),
    // DynamoDB refuses a list without entries.
    ...(Object.keys(indexes).length > 0 && {
      GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
        IndexName,
        KeySchema: keySchema(index.keys),
        Projection: projection(index.projected),
      })),
    }),
  };
}

const keySchema = ({ partition, sort }: TableDescription['keys']) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

const projection = (attributes: readonly string[]) =>
  attributes.length > 0
    ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...attributes] }
    : { ProjectionType: 'KEYS_ONLY' as const };
