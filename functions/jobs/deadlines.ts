/** How long photos may arrive after a job was created, unless it asks for less. */
export const UPLOAD_SECONDS = 3600;

/** After that, how long an upload may still be on its way that began in time. */
export const UPLOAD_GRACE_SECONDS = 60;

/**
 * What photos have from the start of a job to their assessment, waiting in the queue included. Then the sweep fails
 * what is missing: it cannot tell a lost message from one that still waits. Long, because a backlog may take hours to
 * mend, and costs nobody much: what fails ends by the dead letters within half an hour, and messages are hardly ever lost.
 */
export const PROCESSING_SECONDS = 6 * 3600;

/** What the sweep grants a job for its conclusion before it fails it. */
export const CONCLUSION_SECONDS = 600;
