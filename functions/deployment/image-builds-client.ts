import {
  type Build as AwsBuild,
  BatchGetBuildsCommand,
  CodeBuildClient,
  StartBuildCommand,
} from '@aws-sdk/client-codebuild';
import { environment } from '../platform/environment.ts';
import { BUILD_VARIABLES } from '../platform/names/build-variables.ts';
import { Asked, type Build } from './image-build.ts';

const { imageProject } = environment('imageProject');

const codeBuild = new CodeBuildClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});

/** Starts the build of an image. Repeated for the same request within five minutes, it starts no second one. */
export async function startBuild(tag: string, asked: Asked): Promise<void> {
  await codeBuild.send(
    new StartBuildCommand({
      projectName: imageProject,
      idempotencyToken: asked.RequestId,
      environmentVariablesOverride: [
        { name: BUILD_VARIABLES.tag, value: tag },
        { name: BUILD_VARIABLES.request, value: JSON.stringify(Asked.parse(asked)) },
      ],
    }),
  );
}

/** @throws when there is no such build */
export async function findBuild(id: string): Promise<Build> {
  const { builds: [build] = [] } = await codeBuild.send(new BatchGetBuildsCommand({ ids: [id] }));
  if (!build) throw new Error(`There is no build ${id}`);
  return {
    succeeded: build.buildStatus === 'SUCCEEDED',
    complaints: complaintsOf(build),
    logUrl: build.logs?.deepLink,
    asked: askedBy(build),
  };
}

function complaintsOf({ phases = [], buildStatus }: AwsBuild): string[] {
  const complaints = phases
    .filter(({ phaseStatus }) => phaseStatus !== undefined && phaseStatus !== 'SUCCEEDED')
    .map(({ phaseType, phaseStatus, contexts = [] }) =>
      [`${phaseType} ${phaseStatus}.`, ...contexts.map(({ message }) => message ?? '')].join(' ').trim(),
    );
  return complaints.length > 0 ? complaints : [`It ended as ${buildStatus}.`];
}

function askedBy({ environment: ofBuild }: AwsBuild): Asked | undefined {
  const request = ofBuild?.environmentVariables?.find(({ name }) => name === BUILD_VARIABLES.request)?.value;
  return request === undefined ? undefined : Asked.parse(JSON.parse(request));
}
