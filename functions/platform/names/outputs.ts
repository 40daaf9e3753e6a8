/** Outputs of the stack, which the command line and the runbook look up by name. */
export const OUTPUTS = {
  apiUrl: 'ApiUrl',
  accessTable: 'AccessTable',
  usagePlan: 'UsagePlan',
  mediaBucket: 'MediaBucket',
  pagesTopic: 'PagesTopic',
  warningsTopic: 'WarningsTopic',
} as const;
