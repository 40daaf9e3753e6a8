import type { DockerImageCode, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { AlarmBoard } from './blocks/alarm-board.ts';
import type { Releases } from './blocks/releases.ts';
import type { Bundles } from './bundles.ts';
import type { Environment } from './environments.ts';

/** The one image of all container functions. */
export type FunctionImage = {
  /** the code of a function that runs this command of the image */
  readonly code: (command: string) => DockerImageCode;
  /** Lambda refuses a function whose image is not there yet. */
  readonly mustPrecede: (lambda: LambdaFunction) => void;
};

/** What the construct of every capability takes. */
export type Foundation = {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly alarms: AlarmBoard;
  readonly releases: Releases;
  readonly image: FunctionImage;
};
