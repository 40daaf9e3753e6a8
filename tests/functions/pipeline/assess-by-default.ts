import { PHOTO_POLICIES } from '../../../functions/assessments/photo-policies.ts';
import * as pipeline from '../../../functions/pipeline/pipeline-runtime.ts';
import { defaultsOf } from '../../../functions/platform/policy-choice.ts';

/** The pipeline under the default policies. */
type Assess = Parameters<typeof pipeline.assessPhoto>;
export const assessPhoto = (input: Assess[0], models: Assess[1]) =>
  pipeline.assessPhoto(input, models, defaultsOf(PHOTO_POLICIES));
