import type { AlarmBoard } from './blocks/alarm-board.ts';
import type { Bundles } from './bundles.ts';
import type { Environment } from './environments.ts';

/** What the construct of every capability takes. */
export type Foundation = {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly alarms: AlarmBoard;
};
