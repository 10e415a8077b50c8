import type {DockerCommand} from '../docker/command.js';
import {imageName} from '../text/image-name.js';
import {findNamedImage} from './find-named.js';
import {done, refused, unclear} from './give-result.js';
import type {Simulated, SimulatedEngine, SimulatedImage} from './model.js';

/** Takes names from whatever image has them, and hands them to another. */
export const giveNames = (images: SimulatedImage[], id: string, names: string[]): SimulatedImage[] =>
	images.map(image => {
		const others = image.fact.tags.filter(tag => !names.includes(tag));
		const tags = image.fact.id === id ? [...others, ...names] : others;
		return {...image, fact: {...image.fact, tags}};
	});

/** `docker tag`. */
export const tagImage = (engine: SimulatedEngine, {operands: [from, to]}: DockerCommand): Simulated => {
	if (from === undefined || to === undefined) {
		return refused(engine, '"docker tag" requires exactly 2 arguments.', 1);
	}
	const image = findNamedImage(engine, from);
	if (!image) return refused(engine, `Error response from daemon: No such image: ${imageName(from)}`, 1);
	return done({...engine, images: giveNames(engine.images, image.fact.id, [imageName(to)])});
};

/** `docker rmi`: names go; an image goes when nothing else refers to it. */
export const removeImages = (engine: SimulatedEngine, args: string[]): Simulated => {
	const names = args.filter(arg => !arg.startsWith('-'));
	if (names.length < args.length)
		return unclear(engine, 'What a removal by force leaves can’t be told by reading.');
	let {images} = engine;
	for (const name of names) {
		const image = findNamedImage({...engine, images}, name);
		if (!image) return refused(engine, `Error response from daemon: No such image: ${imageName(name)}`, 1);
		const tags = image.fact.tags.filter(tag => tag !== imageName(name));
		const user = engine.containers.find(({fact}) => fact.imageId === image.fact.id);
		if (tags.length === 0 && user) {
			const how = ['running', 'paused'].includes(user.fact.state) ? 'cannot be forced' : 'must force';
			const said = `conflict: unable to remove repository reference "${name}" (${how}) - container ${user.fact.id.slice(0, 12)} is using its referenced image ${image.fact.id.slice(7, 19)}`;
			return refused(engine, `Error response from daemon: ${said}`, 1);
		}
		images = images.flatMap(one =>
			one !== image ? [one] : tags.length > 0 ? [{...one, fact: {...one.fact, tags}}] : [],
		);
	}
	return done({...engine, images}, names.map(name => `Untagged: ${imageName(name)}`).join('\n'));
};
