import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackNameOf } from '../functions/platform/names/environments.ts';
import { OUTPUTS } from '../functions/platform/names/outputs.ts';
import { Api } from './api.ts';
import { AlarmBoard } from './blocks/alarm-board.ts';
import type { Bundles } from './bundles.ts';
import type { Environment } from './environments.ts';
import { Jobs } from './jobs.ts';
import { Media } from './media.ts';
import { Operations } from './operations.ts';
import { Pipeline } from './pipeline.ts';
import { Workspaces } from './workspaces.ts';

export type FettleStackProps = { readonly environment: Environment; readonly bundles: Bundles };

/** All of Fettle in one environment. */
export class FettleStack extends Stack {
  constructor(scope: Construct, { environment, bundles }: FettleStackProps) {
    super(scope, stackNameOf(environment.name), {
      description: `Fettle: photos and facts in; condition out (${environment.name})`,
      terminationProtection: environment.keepsData,
      tags: { application: 'fettle', environment: environment.name },
    });
    const alarms = new AlarmBoard(this, 'Alarms');
    const foundation = { environment, bundles, alarms };
    const media = new Media(this, 'Media', environment);
    const workspaces = new Workspaces(this, 'Workspaces', foundation);
    const jobs = new Jobs(this, 'Jobs', { ...foundation, media });
    const jobsTable = jobs.table;
    const { photos, conclusions, picturesApi } = new Pipeline(this, 'Pipeline', { ...foundation, jobsTable, media });
    const operations = new Operations(this, 'Operations', { ...foundation, jobsTable, media, photos });
    const api = new Api(this, 'Api', {
      ...foundation,
      authorize: workspaces.authorize,
      functions: {
        'jobs-api': jobs.api,
        'pictures-api': picturesApi,
        'keys-api': workspaces.keysApi,
        'service-api': operations.serviceApi,
        'models-api': operations.modelsApi,
      },
    });
    workspaces.grantReplies(jobs.api.lambda);
    workspaces.manageKeysOf(api.usagePlanId);
    jobs.concludeBy(conclusions);

    this.tell(OUTPUTS.apiUrl, api.url, 'Base URL of the API');
    this.tell(OUTPUTS.mediaBucket, media.bucket.bucketName, 'Photos, and the pictures made of them');
    this.tell(OUTPUTS.accessTable, workspaces.table.table.tableName, 'API keys, by their hashes');
    this.tell(OUTPUTS.usagePlan, api.usagePlanId, 'The usage plan that API keys belong to');
    this.tell(OUTPUTS.pagesTopic, alarms.pages.topicArn, 'Whoever is to be woken up subscribes to this');
    this.tell(OUTPUTS.warningsTopic, alarms.warnings.topicArn, 'Whoever looks in the morning subscribes to this');
  }

  private tell(name: string, value: string, description: string): void {
    new CfnOutput(this, `${name}Output`, { value, description }).overrideLogicalId(name);
  }
}
