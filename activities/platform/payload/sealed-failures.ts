import { DefaultFailureConverter } from '@temporalio/common';

/** Moves message and stack of a failure into a payload, which the codec encrypts; the engine keeps neither as text. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
