import type {ContainerFact} from '../../checks/model.js';
import {UserError} from '../../text/user-error.js';
import type {Conduct} from '../conduct.js';
import type {EngineIdentity, ImageSnapshot} from '../ports.js';
import {isOurContainer, isOurImage} from './is-ours.js';
import type {RunPlan} from './plan-run.js';

/**
 * Before a command takes a name for an image or a container: asks when it is the learner's, offers to replace a
 * container of ours. Resolves with the images on the engine before a build or a `docker tag`, null for other commands. Rejects with a
 * `UserError` when the learner keeps the name.
 */
export const claimNames = async (
	{
		build,
		container,
		tags,
	}: Pick<RunPlan, 'build' | 'container'> & {/** Given without a build. */ tags: string[]},
	identity: EngineIdentity,
	conduct: Conduct,
): Promise<ImageSnapshot | null> => {
	if (container?.name) await claimContainer(container.name, identity, conduct);
	if (!build && tags.length === 0) return null;
	const before = await conduct.engine.images();
	for (const tag of [...(build?.tags ?? []), ...tags]) await claimImage(tag, before, identity, conduct);
	return before;
};

const claimImage = async (
	tag: string,
	{names}: ImageSnapshot,
	{id: engineId}: EngineIdentity,
	{ledger, ask}: Conduct,
): Promise<void> => {
	const holder = names[tag];
	if (!holder || isOurImage(ledger.entries(engineId), tag, holder)) return;
	const answer = await ask({
		title: `An image called ${tag} is already here, and the workshop did not make it.`,
		lines: [
			'This command gives the name to an image of the workshop.',
			'Your image itself stays, and clean-up gives it its name back.',
		],
		choices: [
			{key: 'y', label: 'go on', answer: 'yes'},
			{key: 'n', label: 'leave the name alone', answer: 'no'},
		],
	});
	if (answer !== 'yes') {
		throw new UserError(`The image name ${tag} stays yours, so this step was not run.`, {
			next: `rename it with \`docker tag ${tag} <another name>\`, or go on and let clean-up give it back`,
		});
	}
};

const claimContainer = async (
	name: string,
	{id: engineId}: EngineIdentity,
	{engine, ledger, cleaner, ask}: Conduct,
): Promise<void> => {
	const facts = await engine.facts({probePorts: false, stepId: null});
	const holder = facts.find((fact): fact is ContainerFact => fact.fact === 'container' && fact.name === name);
	if (!holder) return;
	if (!isOurContainer(ledger.entries(engineId), holder)) {
		throw new UserError(`A container of yours is called ${name}, so this step can't use the name.`, {
			next: `rename it for the time being: \`docker rename ${name} ${name}-mine\``,
		});
	}
	const answer = await ask({
		title: `The container ${name} from an earlier run is still here.`,
		lines: ['It is the workshop’s own. A new one can only have the name once it is removed.'],
		choices: [
			{key: 'y', label: 'replace it', answer: 'yes'},
			{key: 'n', label: 'keep it', answer: 'no'},
		],
	});
	if (answer !== 'yes') {
		throw new UserError(`The container ${name} stays, so this step was not run again.`);
	}
	await cleaner.removeContainer(holder.id);
};
