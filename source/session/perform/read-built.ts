import {createBuildParser} from '../../build/create-parser.js';
import type {BuildEvent} from '../../build/model.js';
import {imageName, podmanImageName} from '../../text/image-name.js';
import type {EngineIdentity} from '../ports.js';
import type {Printed} from './ledger-entries.js';

/** Takes from the output of one or more builds which images they wrote and which names they gave. */
export const createBuiltReader = ({podman}: Pick<EngineIdentity['cli'], 'podman'>) => {
	const parser = createBuildParser(podman === undefined ? 'plain' : 'buildah');
	const nameOf = podman === undefined ? imageName : podmanImageName;
	const built: Printed['built'] = {images: [], names: []};
	const take = (events: BuildEvent[]): void => {
		for (const event of events) {
			if (event.event === 'image') built.images.push(event.imageId);
			if (event.event === 'named') built.names.push(nameOf(event.name));
			if (event.event === 'mentioned' && event.kind === 'image') built.images.push(event.id);
		}
	};
	return {
		push(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
			take(parser.push(stream, bytes, 0));
		},
		end(): Printed['built'] {
			take(parser.end());
			return built;
		},
	};
};
