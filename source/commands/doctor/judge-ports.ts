import {type EngineThings, namedImagesOf} from '../../engine/look-at-engine.js';
import {isOurContainer} from '../../ownership/is-ours.js';
import type {LedgerEntry} from '../../session/ports.js';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import type {Reading} from './reading.js';

/**
 * Are the host ports free that commands of the workshop name? `listening`: those of them on which a program of this
 * machine listens; null when the engine is on another one.
 */
export const judgePorts = (
	wanted: number[],
	listening: number[] | null,
	{things, entries}: {things: Reading<EngineThings> | null; entries: LedgerEntry[]},
): Judgement => {
	if (wanted.length === 0) return passed('The engine picks the host ports itself: none has to be free.');
	const containers = things?.value?.containers ?? [];
	const images = things?.value ? namedImagesOf(things.value) : [];
	const conflicts = wanted.flatMap((port): Array<{port: number; holder: string | null}> => {
		const holder = containers.find(({hostPorts}) => hostPorts.includes(port));
		if (holder) return isOurContainer(holder, {entries, images}) ? [] : [{port, holder: holder.name}];
		return listening?.includes(port) ? [{port, holder: null}] : [];
	});
	const [conflict] = conflicts;
	if (conflict) {
		const {port, holder} = conflict;
		return failed(
			`Port ${port} of the host, which the workshop publishes, is taken by ${holder === null ? 'another program' : `your container ${holder}`}.`,
			holder === null
				? `end the program that listens on port ${port}`
				: `stop it for now: \`docker stop ${holder}\``,
		);
	}
	if (!things?.value || listening === null)
		return unknown(`Whether port ${wanted.join(', ')} is free where the engine runs can’t be told.`);
	return passed(`Port ${wanted.join(', ')} of the host is free.`);
};
