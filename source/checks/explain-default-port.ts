import {portArgument} from '../text/port-argument.js';
import type {ContainerFact} from './model.js';

/** Why a container listens on a port that is not allowed, in one sentence. */
export const explainDefaultPort = ({name, command}: ContainerFact, listening: number): string => {
	const asked = portArgument(command);
	const listens = `whoami listens on port ${listening} of the container ${name}`;
	if (asked === null) return `${listens}, because \`-port\` was not passed.`;
	if (asked === listening) return `${listens}, because \`-port\` says ${listening}.`;
	const word = endOfOptions(command);
	return word === null
		? `${listens}, although \`-port\` says ${asked}.`
		: `${listens}: it does not read \`-port ${asked}\`, because \`${word}\` before it ends its options.`;
};

/** The word in front of which whoami, like all programs in Go, stops to read options; null when there is none. */
const endOfOptions = ([, ...words]: string[]): string | null => {
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		if (word === '--' || !word.startsWith('-')) return word;
		if (/^--?port$/.test(word)) index++;
	}
	return null;
};
