/**
 * The verdict that the tests of a photo's file give, and what counts for a rating. Chosen by eye: a declaration against a photo
 * is believed, because a false one harms only its own photo; a warning is worth a look and decides nothing.
 *
 * The default of the policy `evidence`.
 */
export const EVIDENCE_RULES = {
  failed: {
    declared_generated: 'synthetic',
    declared_edited: 'suspicious',
    camera_and_times: 'suspicious',
    structure: 'undetermined',
  },
  warned: { declared_edited: 'undetermined', editing_software: 'undetermined', camera_and_times: 'undetermined' },
  countsForRating: { suspicious: true, synthetic: false },
} as const;
