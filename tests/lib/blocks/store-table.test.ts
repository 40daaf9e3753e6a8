import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TABLES, type TableDescription } from '../../../functions/platform/names/tables.ts';
import { tableShape } from '../../table-shape.ts';
import { templateOf } from '../synthesized.ts';

const Table = {
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.unknown(),
  GlobalSecondaryIndexes: z.array(z.unknown()).default([]),
  TimeToLiveSpecification: z.unknown().optional(),
};

describe('StoreTable', () => {
  const tables = templateOf('dev').all('AWS::DynamoDB::Table', Table);

  it('makes the tables that are described, and no others', () => {
    expect(tables).toHaveLength(Object.keys(TABLES).length);
  });

  it.each<[string, string, TableDescription]>([
    ['jobs', 'JobsJobsTable', TABLES.jobs],
    ['access', 'WorkspacesAccessTable', TABLES.access],
  ])('gives the %s table the keys, indexes and time to live of its description', (_name, construct, description) => {
    const made = tables.find(({ id }) => id.startsWith(construct))?.props;
    const { AttributeDefinitions, ...shape } = tableShape(description);
    const { timeToLive } = description;
    expect(made).toEqual({
      ...shape,
      AttributeDefinitions: expect.arrayContaining(AttributeDefinitions),
      ...(timeToLive && { TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true } }),
    });
    expect(made?.AttributeDefinitions).toHaveLength(AttributeDefinitions.length);
  });
});
