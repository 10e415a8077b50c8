import {isSameImageName} from '../../docker/image-ref.js';
import {failed, findContainer, findImage, passed} from '../facts.js';
import type {CheckDeclaration, Fact, Verdict} from '../model.js';

/** A container of that name is there, in that state, from that image. */
export const checkContainer = (
	{name, state, image, finding, hint}: Extract<CheckDeclaration, {check: 'container'}>,
	facts: Fact[],
): Verdict => {
	const container = findContainer(facts, name);
	if (!container) return failed(finding, `There is no container ${name}.`, hint);
	const isFromImage =
		!image || isSameImageName(container.image, image) || findImage(facts, image)?.id === container.imageId;
	if (!isFromImage) {
		return failed(finding, `The container ${name} is from the image ${container.image}, not ${image}.`, hint);
	}
	if (state && container.state !== state) {
		return failed(finding, `The container ${name} is ${container.state} instead of ${state}.`, hint);
	}
	return passed(`The container ${name} is ${container.state}.`);
};
