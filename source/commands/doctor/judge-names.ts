import {type EngineThings, namedImagesOf} from '../../engine/look-at-engine.js';
import {isOurContainer, isOurName} from '../../ownership/is-ours.js';
import type {LedgerEntry} from '../../session/ports.js';
import {failed, type Judgement, passed, unknown, warning} from './judgement.js';
import type {Reading} from './reading.js';
import type {Demands} from './workshop-demands.js';

/** Do images or containers of the learner's have names that the workshop gives? `entries`: of the engine's ledger. */
export const judgeNames = (
	{imageNames, containerNames}: Pick<Demands, 'imageNames' | 'containerNames'>,
	things: Reading<EngineThings> | null,
	entries: LedgerEntry[],
): Judgement => {
	if (!things?.value) return unknown(things?.trouble?.reason ?? 'There is no engine to look on.');
	const {images, containers} = things.value;
	const taken = imageNames.filter(name => {
		const id = images[name];
		return id !== undefined && !isOurName(entries, name, id);
	});
	const known = {entries, images: namedImagesOf(things.value)};
	const held = containers.filter(
		container => containerNames.includes(container.name) && !isOurContainer(container, known),
	);
	if (taken.length === 0 && held.length === 0)
		return passed('No image or container of yours has a name that the workshop gives.');
	const reasons = [
		...(taken.length > 0
			? [
					taken.length === 1
						? `The image ${taken[0]} is yours, and the workshop gives that name too.`
						: `The images ${taken.join(', ')} are yours, and the workshop gives those names too.`,
				]
			: []),
		...held.map(({name}) => `A container of yours is called ${name}, so a step can’t use the name.`),
	];
	const [container] = held;
	if (container) {
		const next = `rename it for now: \`docker rename ${container.name} ${container.name}-mine\``;
		return failed(reasons.join(' '), next);
	}
	// The build asks first, so it is no obstacle.
	return warning(
		reasons.join(' '),
		`the build asks before it takes the name, and clean-up gives it back; to keep the image under another name as well: \`docker tag ${taken[0]} mine\``,
	);
};
