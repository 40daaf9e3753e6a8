/** Outputs of the stack, used by the command line and the runbook. */
export const OUTPUTS = {
  apiUrl: 'ApiUrl',
  accessTable: 'AccessTable',
  mediaBucket: 'MediaBucket',
  providerKeys: 'ProviderKeys',
  pagesTopic: 'PagesTopic',
  warningsTopic: 'WarningsTopic',
  photosAtOnce: 'PhotosAtOnce',
} as const;
