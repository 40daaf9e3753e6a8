import { AssetHashType, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnProject, LinuxBuildImage } from 'aws-cdk-lib/aws-codebuild';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DockerImageCode, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { functionParts } from './blocks/function-parts.ts';
import { grant } from './blocks/grant.ts';
import { zipCode } from './blocks/node-function.ts';
import { removalPolicyOf } from './blocks/removal.ts';
import type { Bundles } from './bundles.ts';
import type { Environment } from './environments.ts';
import { assetHashOf, HASHED_MODES } from './file-modes.ts';
import type { FunctionImage } from './foundation.ts';
import { IMAGE_BUILD_COMMANDS, REPOSITORY_VARIABLE } from './image-build-commands.ts';

/** Images kept for a return to an earlier release; of each, only the layers that differ take space. */
const KEPT_IMAGES = 10;

/** Of a build: two or three minutes, and more with large models of one's own. CloudFormation waits for an hour at most. */
const BUILD_MINUTES = 30;
const QUEUED_MINUTES = 10;

/** Who builds the image. */
const IMAGE_BUILDERS = ['codebuild', 'docker'] as const;
export type ImageBuilder = (typeof IMAGE_BUILDERS)[number];

/** @throws when nobody of this name builds images */
export function imageBuilderNamed(name: unknown): ImageBuilder {
  const builder = IMAGE_BUILDERS.find((known) => known === name);
  if (builder) return builder;
  throw new Error(`expected -c image=${IMAGE_BUILDERS.join('|')}; got ${String(name)}`);
}

/** An image that the operator's Docker builds and pushes before the deployment begins. */
export const imageByDocker = ({ imageDir }: Bundles): FunctionImage => ({
  code: (command) =>
    DockerImageCode.fromImageAsset(imageDir, {
      platform: Platform.LINUX_AMD64,
      extraHash: HASHED_MODES,
      cmd: [command],
    }),
  mustPrecede: () => undefined,
});

export type ContainerImageProps = { readonly environment: Environment; readonly bundles: Bundles };

/**
 * The image of all container functions, built in the account: the build context is an asset like the code of the other
 * functions, CodeBuild builds it, and nobody needs Docker. Its tag is the hash of the context, so that an unchanged one is
 * not built again. A failed build fails the deployment, with the link to its log.
 */
export class ContainerImage extends Construct implements FunctionImage {
  private readonly repository: Repository;
  private readonly context: Asset;
  private readonly built: CustomResource;

  constructor(scope: Construct, id: string, props: ContainerImageProps) {
    super(scope, id);
    const { imageDir } = props.bundles;
    this.context = new Asset(this, 'Context', {
      path: imageDir,
      assetHash: assetHashOf(imageDir),
      assetHashType: AssetHashType.CUSTOM,
    });
    this.repository = new Repository(this, 'Repository', {
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [{ maxImageCount: KEPT_IMAGES }],
      // Every image can be built again, so none keeps a stack from being deleted.
      removalPolicy: RemovalPolicy.DESTROY,
      emptyOnDelete: true,
    });
    this.built = this.buildBy(this.project(props.environment), props);
  }

  code(command: string): DockerImageCode {
    return DockerImageCode.fromEcr(this.repository, { tagOrDigest: this.context.assetHash, cmd: [command] });
  }

  mustPrecede(lambda: LambdaFunction): void {
    lambda.node.addDependency(this.built);
  }

  private project(environment: Environment): CfnProject {
    const logGroup = new LogGroup(this, 'BuildLog', {
      retention: environment.logDays,
      removalPolicy: removalPolicyOf(environment),
    });
    const role = this.buildRole(logGroup);
    const project = new CfnProject(this, 'Project', {
      description: 'Builds the image of the functions that look at photos',
      serviceRole: role.roleArn,
      source: {
        type: 'S3',
        location: `${this.context.s3BucketName}/${this.context.s3ObjectKey}`,
        buildSpec: JSON.stringify({ version: 0.2, phases: { build: { commands: IMAGE_BUILD_COMMANDS } } }),
      },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        computeType: 'BUILD_GENERAL1_SMALL',
        image: LinuxBuildImage.AMAZON_LINUX_2023_5.imageId,
        // Docker's daemon runs inside of the build.
        privilegedMode: true,
        environmentVariables: [{ name: REPOSITORY_VARIABLE, value: this.repository.repositoryUri }],
      },
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logGroup.logGroupName } },
      timeoutInMinutes: BUILD_MINUTES,
      queuedTimeoutInMinutes: QUEUED_MINUTES,
    });
    project.node.addDependency(role);
    return project;
  }

  private buildRole(logGroup: LogGroup): Role {
    const role = new Role(this, 'BuildRole', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    const bucketArn = `arn:${Stack.of(this).partition}:s3:::${this.context.s3BucketName}`;
    const allow = (actions: readonly string[], ...resources: readonly string[]) =>
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    allow(['s3:GetObject', 's3:GetObjectVersion'], `${bucketArn}/${this.context.s3ObjectKey}`);
    allow(['s3:GetBucketAcl', 's3:GetBucketLocation'], bucketArn);
    allow(['ecr:GetAuthorizationToken'], '*');
    allow(
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:DescribeImages',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      this.repository.repositoryArn,
    );
    return role;
  }

  /** A request of CloudFormation that a function passes on to CodeBuild, and answers when the build has ended. */
  private buildBy(project: CfnProject, { environment, bundles }: ContainerImageProps): CustomResource {
    const parts = { environment, entry: 'deployment/build-image', memoryMb: 256, timeoutSeconds: 30 } as const;
    // No alarm: what fails here fails the deployment, whose operator reads why.
    const lambda = new LambdaFunction(this, 'BuildImage', {
      ...functionParts(this, parts),
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: zipCode(bundles, parts.entry),
    });
    grant(lambda, {
      actions: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
      on: [project.attrArn],
      variable: { name: ENV.imageProject, value: project.ref },
    });
    const ended = new Rule(this, 'BuildEnded', {
      description: 'Answers CloudFormation when the build of the image has ended',
      eventPattern: {
        source: ['aws.codebuild'],
        detailType: ['CodeBuild Build State Change'],
        detail: {
          'project-name': [project.ref],
          'build-status': ['SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'],
        },
      },
      targets: [new FunctionTarget(lambda)],
    });
    const image = new CustomResource(this, 'Image', {
      resourceType: 'Custom::ContainerImage',
      serviceToken: lambda.functionArn,
      serviceTimeout: Duration.minutes(BUILD_MINUTES + QUEUED_MINUTES + 5),
      properties: { imageTag: this.context.assetHash },
    });
    image.node.addDependency(ended, lambda, project);
    return image;
  }
}
