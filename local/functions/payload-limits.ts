/** Largest event of an invocation (Lambda quotas: 6 MB; the InvokeFunction operation's own message has the bytes). */
export const EVENT_BYTES = 6_291_456;

/** Largest response of a function, by the message of Lambda's own refusal. */
export const RESPONSE_BYTES = 6_291_556;
