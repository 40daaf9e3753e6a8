/** The one header that carries an API key. */
export const API_KEY_HEADER = 'X-Api-Key';

/** The parts of a secret after its prefix, in characters: a ULID, 256 random bits and a checksum in base 62. */
export const SECRET_CHARACTERS = { keyId: 26, random: 43, checksum: 6 } as const;

/** The beginning of every secret of an environment. It identifies a leaked key, also for secret scanners. */
export const secretPrefix = (environmentName: string): string => `fettle${environmentName}`;

/** The beginning of the secrets of earlier releases; 43 characters of base64url follow. */
export const oldSecretPrefix = (environmentName: string): string => `fettle_${environmentName}_`;

/**
 * The form of an environment's secrets, as a regular expression. API Gateway refuses any other text without a call of the
 * authorizer. Secrets are 84 to 88 letters and digits: API Gateway's own limits of a key are 20 to 128.
 */
export function secretPattern(environmentName: string): string {
  const { keyId, random, checksum } = SECRET_CHARACTERS;
  const issued = `${secretPrefix(environmentName)}[0-9A-Za-z]{${keyId + random + checksum}}`;
  return `^(${issued}|${oldSecretPrefix(environmentName)}[0-9A-Za-z_-]{43})$`;
}

/**
 * API Gateway's own keys, which nobody sends: the authorizer names one for each request, and the usage plan limits the requests
 * under it. Workspaces share them, so their number does not grow with ours, and a flood of one workspace reaches its limit
 * before that of the whole API. Few, because each is created in turn at the first deployment.
 */
export const GATEWAY_KEYS = 8;

/**
 * The value of one of them, unique in an account, as API Gateway requires. It is no secret: API Gateway takes it from the
 * authorizer only.
 *
 * @param index from 0 to GATEWAY_KEYS - 1
 */
export const gatewayKeyValue = (environmentName: string, index: number): string =>
  `fettle${environmentName}workspaces${index}`;
