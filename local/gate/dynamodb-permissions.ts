import type { Json, JsonObject } from '../types.ts';
import type { RequiredPermission } from './evaluate.ts';
import { isObject, list } from './json.ts';
import { jsonOperation, textOf } from './json-operation.ts';
import {
  permission,
  type RequiredPermissions,
  type ServiceRequest,
  UnsupportedRequestError,
} from './service-request.ts';

/** Name of the partition key of a table or index; undefined when the template has no such table. */
export type PartitionKeyOf = (tableName: string, indexName?: string) => string | undefined;

const WHOLE_SERVICE = ['ListTables', 'DescribeEndpoints', 'DescribeLimits'];
const TABLE_OPERATIONS =
  'GetItem PutItem UpdateItem DeleteItem Query Scan DescribeTable CreateTable UpdateTable DeleteTable'.split(' ');

/**
 * The DynamoDB permissions that a request requires: on the table, or on the index that it reads; for a batch one per table.
 * `dynamodb:LeadingKeys` is the request's partition keys (none for a scan).
 */
export function dynamodbPermissions(partitionKeyOf: PartitionKeyOf): RequiredPermissions {
  return (request: ServiceRequest, { partition, region, accountId }) => {
    const { operation, input } = jsonOperation(request);
    const arn = (table: string) => `arn:${partition}:dynamodb:${region}:${accountId}:table/${table}`;
    const action = `dynamodb:${operation}`;
    if (WHOLE_SERVICE.includes(operation)) return [permission(action, '*')];
    if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
      return batchPermissions(action, input, arn, partitionKeyOf);
    }
    if (!TABLE_OPERATIONS.includes(operation)) throw new UnsupportedRequestError(action);
    const table = tableName(textOf(input, 'TableName'));
    const index = textOf(input, 'IndexName') || undefined;
    const resource = index === undefined ? arn(table) : `${arn(table)}/index/${index}`;
    const context = {
      'dynamodb:LeadingKeys': leadingKeys(operation, input, partitionKeyOf(table, index)),
      'dynamodb:Select': textOf(input, 'Select') || undefined,
      'dynamodb:ReturnValues': textOf(input, 'ReturnValues') || undefined,
    };
    return [permission(action, resource, context)];
  };
}

function batchPermissions(
  action: string,
  input: JsonObject,
  arn: (table: string) => string,
  partitionKeyOf: PartitionKeyOf,
): RequiredPermission[] {
  const tables = isObject(input.RequestItems) ? Object.entries(input.RequestItems) : [];
  return tables.map(([table, requests]) => {
    const name = tableName(table);
    const keys = batchItems(requests).map((item) => keyValue(item, partitionKeyOf(name)));
    const known = keys.filter((key) => key !== undefined);
    return permission(action, arn(name), { 'dynamodb:LeadingKeys': known.length > 0 ? known : undefined });
  });
}

/** The items or keys of one table in a batch: `{Keys: […]}` to read, `[{PutRequest: {Item}}, {DeleteRequest: {Key}}]` to write. */
function batchItems(requests: Json): readonly Json[] {
  if (isObject(requests)) return list(requests.Keys);
  return list(requests).map((request) => {
    const write = isObject(request) ? (request.PutRequest ?? request.DeleteRequest) : undefined;
    return isObject(write) ? (write.Item ?? write.Key ?? null) : null;
  });
}

function leadingKeys(
  operation: string,
  input: JsonObject,
  partitionKey: string | undefined,
): readonly string[] | undefined {
  const value =
    operation === 'Query' ? queriedKey(input, partitionKey) : keyValue(input.Key ?? input.Item ?? null, partitionKey);
  return value === undefined ? undefined : [value];
}

/** The partition key's value in a query. A query without one is an error: it could be of any tenant. */
function queriedKey(input: JsonObject, partitionKey: string | undefined): string | undefined {
  if (partitionKey === undefined) return undefined;
  const names = isObject(input.ExpressionAttributeNames) ? input.ExpressionAttributeNames : {};
  const values = isObject(input.ExpressionAttributeValues) ? input.ExpressionAttributeValues : {};
  const equalities = textOf(input, 'KeyConditionExpression').matchAll(/([#\w]+)\s*=\s*(:\w+)/g);
  for (const [, name = '', value = ''] of equalities) {
    const found = (names[name] ?? name) === partitionKey ? scalar(values[value]) : undefined;
    if (found !== undefined) return found;
  }
  throw new UnsupportedRequestError(`a query whose KeyConditionExpression lacks ${partitionKey} = :value`);
}

function keyValue(item: Json, partitionKey: string | undefined): string | undefined {
  return isObject(item) && partitionKey !== undefined ? scalar(item[partitionKey]) : undefined;
}

/** The text, number or bytes of an attribute value (`{S: …}`). */
function scalar(value: Json | undefined): string | undefined {
  const inner = isObject(value) ? (value.S ?? value.N ?? value.B) : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

function tableName(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}
