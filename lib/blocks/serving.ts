import type { ApiFunction } from '../../functions/platform/names/routes.ts';
import type { ContainerFunction } from './container-function.ts';
import type { NodeFunction } from './node-function.ts';

export type ServingFunction = NodeFunction | ContainerFunction;

/** The functions behind the API, by the name that ROUTES give them. */
export type Serving<Name extends ApiFunction> = Readonly<Record<Name, ServingFunction>>;
