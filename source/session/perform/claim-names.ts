import type {ContainerFact} from '../../checks/model.js';
import {isOurContainer, isOurName, isOurVolume} from '../../ownership/is-ours.js';
import {UserError} from '../../text/user-error.js';
import type {Conduct} from '../conduct.js';
import type {Before, EngineIdentity, ImageSnapshot, Making, Things} from '../ports.js';
import {looksAt} from './plan-making.js';
import type {RunPlan} from './plan-run.js';

/**
 * Before a command takes names for images, containers or volumes: asks when one is the learner's, offers to replace a
 * container of ours. Resolves with what is there before the command, as far as it could make it. Rejects with a
 * `UserError` when the learner keeps a name.
 */
export const claimNames = async (
	{build, container, making}: Pick<RunPlan, 'build' | 'container'> & {making: Making},
	identity: EngineIdentity,
	conduct: Conduct,
): Promise<Before> => {
	const {engine, lab} = conduct;
	if (container?.name) await claimContainer(container.name, identity, conduct);
	const looks = looksAt(making);
	const seen = build || looks.images ? await engine.images() : null;
	// A `docker run` pulls its image only when it is not here.
	const isPulled = !container || making.pulled.some(name => !seen?.names[name]);
	const images = isPulled ? seen : null;
	const things = looks.things ? await engine.things() : null;
	for (const tag of [...(build?.tags ?? []), ...making.names])
		if (images) await claimImage(tag, images, identity, conduct);
	for (const volume of making.isTyped ? [] : making.volumes)
		if (things?.volumes[volume] !== undefined) await claimVolume(volume, things, identity, conduct);
	return {images, things, files: lab.printsOf(making.files)};
};

const claimImage = async (
	tag: string,
	{names}: ImageSnapshot,
	{id: engineId}: EngineIdentity,
	{ledger, ask}: Conduct,
): Promise<void> => {
	const holder = names[tag];
	if (!holder || isOurName(ledger.entries(engineId), tag, holder)) return;
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

/** A volume can't be renamed, and the workshop would write into it. */
const claimVolume = async (
	name: string,
	{volumes}: Things,
	{id: engineId}: EngineIdentity,
	{ledger, ask}: Conduct,
): Promise<void> => {
	if (isOurVolume(ledger.entries(engineId), {name, createdAt: volumes[name] ?? ''})) return;
	const answer = await ask({
		title: `A volume called ${name} is already here, and the workshop did not make it.`,
		lines: ['This command uses it, and may change what is in it.', 'Clean-up leaves it where it is.'],
		choices: [
			{key: 'y', label: 'go on', answer: 'yes'},
			{key: 'n', label: 'leave the volume alone', answer: 'no'},
		],
	});
	if (answer !== 'yes') throw new UserError(`The volume ${name} stays as it is, so this step was not run.`);
};

const claimContainer = async (
	name: string,
	{id: engineId}: EngineIdentity,
	{engine, ledger, cleaner, ask}: Conduct,
): Promise<void> => {
	const facts = await engine.facts({probePorts: false, stepId: null});
	const holder = facts.find((fact): fact is ContainerFact => fact.fact === 'container' && fact.name === name);
	if (!holder) return;
	const images = facts.filter(fact => fact.fact === 'image');
	if (!isOurContainer(holder, {entries: ledger.entries(engineId), images})) {
		throw new UserError(`A container of yours is called ${name}, so this step can't use the name.`, {
			next: `rename it for now: \`docker rename ${name} ${name}-mine\``,
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
