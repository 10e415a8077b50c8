import {UserError} from '../../text/user-error.js';
import {withTag} from '../../text/with-tag.js';
import type {Conduct} from '../conduct.js';
import type {EngineIdentity} from '../ports.js';
import {dockerVerb} from '../typed/docker-verb.js';
import {readDockerRun} from '../typed/read-docker-run.js';
import {planRun, type RunPlan} from './plan-run.js';

/**
 * Before a step runs an image that another step builds: Docker must not look for a stranger's image of that name on the
 * internet. Rejects with a `UserError` when it is not on the engine, because the learner gave it another name or
 * removed it.
 */
export const needImage = async (
	{argv}: RunPlan,
	{cli, recorded}: EngineIdentity,
	{workshop, engine}: Pick<Conduct, 'workshop' | 'engine'>,
): Promise<void> => {
	const docker = dockerVerb({words: argv});
	const image = docker?.verb === 'run' ? readDockerRun(docker.args).subject : null;
	if (image === null || recorded) return;
	const builders = workshop.chapters
		.flatMap(({steps}) => steps)
		.filter(({command}) => command && planRun(command, 'buildkit', cli).build?.tags.includes(withTag(image)));
	const [builder] = builders;
	if (!builder || (await engine.images()).names[withTag(image)]) return;
	throw new UserError(
		`There is no image ${image} on the engine, and Docker would look for a stranger’s of that name on the internet.`,
		{next: `run the step “${builder.title}”, or give your image the name: \`docker tag <yours> ${image}\``},
	);
};
