/** Time for uploads from a job's creation; a job's options can shorten it. */
export const UPLOAD_SECONDS = 3600;

/** Further time for an upload that began before the expiry. */
export const UPLOAD_GRACE_SECONDS = 60;

/**
 * Time from the start of a job to the assessment of its photos, queueing included. After that the sweep marks missing photos
 * as failed: it cannot distinguish a lost message from a queued one. Long, because a backlog can take hours to clear; lost
 * messages are rare, and a photo that kills its worker is given up within a quarter of an hour. During an outage photos wait
 * this long, too.
 */
export const PROCESSING_SECONDS = 6 * 3600;

/** Time for a conclusion that the sweep requested. */
export const CONCLUSION_SECONDS = 600;
