/** Configuration of an AWS client. */
export type ClientConfig = {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/**
 * The operator's Region: AWS_REGION, else AWS_DEFAULT_REGION, as the AWS CLI and the CDK read them; the SDK knows only the
 * first. Without either, the client reads the profile's.
 */
export function operatorConfig(): ClientConfig {
  const region = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  return region ? { region } : {};
}
