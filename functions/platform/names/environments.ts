/** The environments, each a stack of its own. */
export const ENVIRONMENT_NAMES = ['dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

export const isEnvironmentName = (name: unknown): name is EnvironmentName =>
  ENVIRONMENT_NAMES.some((known) => known === name);

export const stackNameOf = (environment: EnvironmentName): string => `fettle-${environment}`;
