/** Above this the models were not measured finely enough to tell 96 % from 100 %. */
const SUREST_RATIO = 0.95;

/** A confidence for people, in per cent; never more than "over 95 %". */
export const certaintyInWords = (confidenceRatio: number): string =>
  confidenceRatio > SUREST_RATIO ? `over ${SUREST_RATIO * 100} %` : `${Math.round(confidenceRatio * 100)} %`;
