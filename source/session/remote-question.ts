import type {EngineIdentity} from './ports.js';
import type {Question} from './state.js';

/**
 * What is asked before anything runs on an engine of another machine; null when it is on this one, or a recording. Enter
 * does not agree, and neither does `--yes`: the answer `yes` has to be typed.
 */
export const remoteQuestion = ({endpoint, address, local, recorded}: EngineIdentity): Question | null =>
	local || recorded
		? null
		: {
				title: 'The engine is not on this machine. May the workshop use it?',
				lines: [
					`The docker command talks to ${endpoint}.`,
					`Images and containers are made there, and published ports are reached at ${address}.`,
				],
				choices: [
					{key: 'n', label: 'nothing runs there', answer: 'no'},
					{key: 'y', label: 'use this engine', answer: 'yes'},
					{key: 'l', label: 'leave the workshop', answer: 'leave'},
				],
			};
