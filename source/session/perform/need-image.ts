import {imageName} from '../../text/image-name.js';
import {UserError} from '../../text/user-error.js';
import type {Conduct} from '../conduct.js';
import type {EngineIdentity} from '../ports.js';
import {planRun, type RunPlan} from './plan-run.js';

/**
 * Before a step runs an image that another step builds: Docker must not look for a stranger's image of that name on the
 * internet. Rejects with a `UserError` when it is not on the engine, because the learner gave it another name or
 * removed it.
 */
export const needImage = async (
	{docker}: RunPlan,
	{cli, recorded}: EngineIdentity,
	{workshop, engine}: Pick<Conduct, 'workshop' | 'engine'>,
): Promise<void> => {
	const image = docker?.verb === 'run' || docker?.verb === 'create' ? docker.operands[0] : undefined;
	if (image === undefined || recorded) return;
	const builders = workshop.chapters
		.flatMap(({steps}) => steps)
		.filter(({command}) => command && givesName(planRun(command, 'buildkit', cli), imageName(image)));
	const [builder] = builders;
	if (!builder || (await engine.images()).names[imageName(image)]) return;
	throw new UserError(
		`There is no image ${image} on the engine, and Docker would look for a stranger’s of that name on the internet.`,
		{next: `run the step “${builder.title}”, or give your image the name: \`docker tag <yours> ${image}\``},
	);
};

/** Without asking a registry for it. */
const givesName = ({makes}: RunPlan, name: string): boolean =>
	makes.some(({names, images}) => images !== 'pull' && names.includes(name));
