import {isSameImageName} from '../text/image-name.js';
import {portArgument} from '../text/port-argument.js';
import {factsOf, findImage, isBuiltOn, isSameId} from './find-facts.js';
import type {ContainerFact, Fact} from './model.js';

/** Without those that a shipped step made, the containers that a port chain can be judged by, newest first. */
export const findCandidates = (imageName: string, facts: Fact[]): ContainerFact[] =>
	findContainers(imageName, facts).filter(({madeByStep}) => !madeByStep);

/** Newest first, the containers of the image, of one built on it, or of one that our runs made from its files. */
export const findContainers = (imageName: string, facts: Fact[]): ContainerFact[] => {
	const images = factsOf(facts, 'image');
	const named = findImage(facts, imageName);
	const ledgerIds = factsOf(facts, 'ledger').flatMap(({imageIds}) => imageIds);
	const isOfIt = (container: ContainerFact): boolean => {
		const image = images.find(({id}) => id === container.imageId);
		if (named && image && (image.id === named.id || isBuiltOn(image, named))) return true;
		return ledgerIds.some(id => isSameId(container.imageId, id)) && looksLike(imageName, container);
	};
	return factsOf(facts, 'container')
		.filter(isOfIt)
		.sort((one, other) => other.createdAt - one.createdAt);
};

/** The ledger holds the workshop's other images too: its whoami gives itself away by name, argument or log. */
const looksLike = (imageName: string, {image, command, loggedPort}: ContainerFact): boolean => {
	const repository = imageName.replace(/:[^/]*$/, '');
	return (
		isSameImageName(image, imageName) ||
		image.startsWith(`${repository}:`) ||
		loggedPort !== null ||
		portArgument(command) !== null ||
		command[0]?.split(/[\\/]/).at(-1) === repository
	);
};
