import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackNameOf } from '../functions/platform/names/environments.ts';
import { Api } from './api.ts';
import { AlarmBoard } from './blocks/alarm-board.ts';
import { Releases } from './blocks/releases.ts';
import type { Bundles } from './bundles.ts';
import { ContainerImage, type ImageBuilder, imageByDocker } from './container-image.ts';
import type { Environment } from './environments.ts';
import { Jobs } from './jobs.ts';
import { Media } from './media.ts';
import { Operations } from './operations.ts';
import { Pipeline } from './pipeline.ts';
import { Policies } from './policies.ts';
import { Predictions } from './predictions.ts';
import { Valuations } from './valuations.ts';
import { Workspaces } from './workspaces.ts';

export type FettleStackProps = {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly imageBuilder: ImageBuilder;
};

/** All of Fettle in one environment. */
export class FettleStack extends Stack {
  constructor(scope: Construct, { environment, bundles, imageBuilder }: FettleStackProps) {
    super(scope, stackNameOf(environment.name), {
      description: `Fettle: photos and facts in; condition out (${environment.name})`,
      terminationProtection: environment.keepsData,
      tags: { application: 'fettle', environment: environment.name },
    });
    const alarms = new AlarmBoard(this, 'Alarms', environment);
    const image =
      imageBuilder === 'docker' ? imageByDocker(bundles) : new ContainerImage(this, 'Image', { environment, bundles });
    const releases = new Releases(this, 'Releases', environment);
    const foundation = { environment, bundles, alarms, image, releases };
    const media = new Media(this, 'Media', environment);
    const workspaces = new Workspaces(this, 'Workspaces', foundation);
    const jobs = new Jobs(this, 'Jobs', { ...foundation, media, workspaces });
    const predictions = new Predictions(this, 'Predictions', foundation);
    const valuations = new Valuations(this, 'Valuations', { ...foundation, jobs, media, workspaces });
    const pipeline = new Pipeline(this, 'Pipeline', { ...foundation, jobs, media, predictions, valuations });
    const policies = new Policies(this, 'Policies', { ...foundation, jobs });
    const operations = new Operations(this, 'Operations', { ...foundation, jobs, media, pipeline });
    new Api(this, 'Api', {
      ...foundation,
      workspaces,
      functions: {
        ...workspaces.serves,
        ...jobs.serves,
        ...pipeline.serves,
        ...policies.serves,
        ...predictions.serves,
        ...valuations.serves,
        ...operations.serves,
      },
    });
  }
}
